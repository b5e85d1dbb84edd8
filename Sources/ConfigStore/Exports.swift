// A deployment script imports ConfigStore, and has plans, diagnostics and values with it.
@_exported public import ConfigDocument
@_exported public import ConfigMigration
