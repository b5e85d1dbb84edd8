internal import ConfigDocument
internal import ConfigStore

/// Scratch databases, removed however their use ends.
enum ScratchDatabase {
  static func with<Result>(
    beside database: some DumpableDatabase, environment: RunEnvironment,
    _ body: (any DumpableDatabase) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    let scratch: any Database
    do throws(DatabaseError) {
      scratch = try database.makeScratch(named: "cfgmigrate_scratch_\(environment.processID)_\(environment.random())")
    } catch {
      throw error.diagnostic("making a scratch database", on: database.name)
    }
    defer { try? scratch.dropScratch() }
    guard let scratch = scratch as? any DumpableDatabase else {
      preconditionFailure("a scratch database is of the kind of its origin")
    }
    return try body(scratch)
  }
}
