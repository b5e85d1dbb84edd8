package import ConfigDocument
package import ConfigStore

extension DatabaseBackup {
  /// Copies a database's server: what has changed since the newest copy in the same directory, or, where nothing can be built on
  /// that, all of it. Either is proved with everything that it rests on.
  ///
  /// - Parameter limit: how many increments may stand on a whole copy.
  /// - Throws: `dump-failed`, `dump-damaged`, `command-missing`, `io-error`. What was written stays then, without a manifest.
  package init(
    ofServerOf database: some IncrementalDatabase, increments limit: Int, named name: FileName, in place: String,
    environment: RunEnvironment, programs: any CommandRunner, isStopped: () -> Bool
  ) throws(Diagnostic) {
    var reason: String?
    do throws(Diagnostic) {
      let newest = try BackupChain.newest(of: database.name, in: place)?.parts.last
      if let newest, let link = newest.manifest.link, link.number < limit {
        let predecessor = BackupLink.Predecessor(name: newest.name, digest: newest.manifest.digest)
        self = try DatabaseBackup(
          copying: database, as: BackupLink(predecessor: predecessor, number: link.number + 1, position: link.position),
          named: name, in: place, environment: environment, programs: programs, isStopped: isStopped)
        return
      }
    } catch {
      // Parts are lost, or the server has no longer what was written since: a whole copy needs neither.
      if isStopped() { throw error }
      reason = error.message
    }
    self = try DatabaseBackup(
      copying: database, as: BackupLink(number: 0, position: "", reason: reason), named: name, in: place,
      environment: environment, programs: programs, isStopped: isStopped)
  }

  /// - Parameter link: with the position at which the copy begins.
  private init(
    copying database: some IncrementalDatabase, as link: BackupLink, named name: FileName, in place: String,
    environment: RunEnvironment, programs: any CommandRunner, isStopped: () -> Bool
  ) throws(Diagnostic) {
    let folder = try OpenDirectory(place).makeSubdirectory(name, mode: 0o700)
    let directory = "\(place)/\(name)"
    let workName = FileName(known: "work")
    let work = folder.path(of: workName)
    // An attempt that was cut off may have left it.
    _ = try programs.run(Command(["rm", "-rf", "--", work, "\(directory)/dump"]))
    _ = try folder.makeSubdirectory(workName, mode: 0o700)
    defer { _ = try? programs.run(Command(["rm", "-rf", "--", work])) }
    let start = environment.now()
    let copy = try database.copyServer(
      since: link.predecessor == nil ? nil : link.position, to: "\(directory)/dump", in: work, by: programs,
      isStopped: isStopped)
    var link = link
    link.position = copy.position
    try self.init(
      of: database, in: directory, contents: copy.contents, takenAt: start, link: link, environment: environment,
      programs: programs, isStopped: isStopped)
  }
}
