import UpgradeCommands

UpgradeCommand.start()
