internal import ConfigDocument
public import ConfigMigration

extension WorkDistribution {
  /// On all cores of this machine, where there is enough to do.
  public static let onAllCores = WorkDistribution { count, grain, work in
    // The work itself does not throw, and so neither does this.
    try? ConcurrentWork.forEachRange(of: count, grain: grain) { (range) throws(Diagnostic) in work(range) }
  }
}
