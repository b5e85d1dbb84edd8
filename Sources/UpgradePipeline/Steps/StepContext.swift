package import ConfigDocument
package import ConfigStore

/// What the engine hands to every call of a step, gate, check or channel.
package struct StepContext: Sendable {
  package var upgrade: UpgradeIdentity
  /// The ID of the step, gate or check in the spec.
  package var id: String
  /// From 1.
  package var attempt = 1
  /// The directory of the spec: relative paths in it start there.
  package var directory: String
  /// Where this step of this run keeps files, such as backups and captured bytes; made on demand and never removed by
  /// the engine.
  package var store: StepStore
  package var environment: RunEnvironment
  package var programs: any CommandRunner
  package var secrets: SecretReader
  /// Whether the operator wants the step to end now. Long work asks between two pieces; programs that were started by
  /// ``programs`` are ended by it.
  package var stop: StopSignal
  /// Tells how far the step is.
  package var report: @Sendable (StepProgress) -> Void

  package init(
    upgrade: UpgradeIdentity, id: String, directory: String, store: StepStore, environment: RunEnvironment,
    programs: any CommandRunner, secrets: SecretReader = SecretReader(), stop: StopSignal = StopSignal(),
    report: @escaping @Sendable (StepProgress) -> Void = { _ in }
  ) {
    self.upgrade = upgrade
    self.id = id
    self.directory = directory
    self.store = store
    self.environment = environment
    self.programs = programs
    self.secrets = secrets
    self.stop = stop
    self.report = report
  }

  /// A path of the spec, from the spec's directory.
  package func path(_ path: String) -> String {
    path.utf8.first == UInt8(ascii: "/") || directory == "." ? path : "\(directory)/\(path)"
  }

  /// Waits, and looks now and then whether it is to stop.
  /// - Throws: `upgrade-stopped` where it is.
  package func sleep(milliseconds: Int) throws(Diagnostic) {
    var left = milliseconds
    while left > 0 {
      try stop.check()
      let pause = min(left, 200)
      environment.sleep(pause)
      left -= pause
    }
    try stop.check()
  }
}

/// Which upgrade this is, and which run of it.
package struct UpgradeIdentity: Hashable, Sendable {
  package var name: String
  package var product: String?
  package var from: String
  package var to: String
  /// Empty before a run has begun.
  package var run: String

  package init(name: String, product: String?, from: String, to: String, run: String = "") {
    self.name = name
    self.product = product
    self.from = from
    self.to = to
    self.run = run
  }
}

/// How far a step is.
package struct StepProgress: Hashable, Sendable {
  /// From 0 to 1; nil where nobody knows.
  package var fraction: Double?
  /// What is being done: `table users, 400,000 of 1,000,000 rows`.
  package var note: String

  package init(_ note: String, fraction: Double? = nil) {
    self.note = note
    self.fraction = fraction
  }
}
