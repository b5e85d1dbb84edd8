print("cfgmigrate")
