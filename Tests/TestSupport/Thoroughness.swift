private import Glibc

/// How many of the points are tried: a sample, or all of them with `CFGMIGRATE_ANOMALIES=all` (`make anomalies`).
public enum Thoroughness {
  public static let isFull = getenv("CFGMIGRATE_ANOMALIES").map { String(cString: $0) } == "all"

  /// Every n-th of the points, or each.
  public static func sample(every n: Int) -> Int { isFull ? 1 : n }
}
