public import ConfigMigration

extension TransformerRuntime {
  /// The programs of this machine: jq as it stands on `PATH`, with limits, without environment and files.
  ///
  /// Nothing is started before a transformer needs it, and all of it ends with the last copy of the runtime.
  public static var ofThisMachine: TransformerRuntime { TransformerRuntime(expressions: JQEvaluator()) }
}
