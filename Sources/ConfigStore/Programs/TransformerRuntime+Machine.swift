public import ConfigMigration

extension TransformerRuntime {
  /// The programs of this machine: jq as it stands on `PATH`, with limits, without environment and files; and the
  /// programs that transformers name.
  ///
  /// Nothing is started before a transformer needs it, and all of it ends with the last copy of the runtime.
  /// - Parameter runsPrograms: whether programs that transformers name may run: they can do what the user can.
  public static func ofThisMachine(runsPrograms: Bool) -> TransformerRuntime {
    TransformerRuntime(
      expressions: JQEvaluator(), programs: LocalProgramRunner(isAllowed: runsPrograms), work: .onAllCores)
  }
}
