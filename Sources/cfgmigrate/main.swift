import CfgmigrateCommands

CfgmigrateCommand.start()
