import Foundation

/// Public test data, read where it stands: `CFGMIGRATE_SUITES`, or `../shared/suites` beside the checkout.
public enum Suites {
  public static let path: String =
    ProcessInfo.processInfo.environment["CFGMIGRATE_SUITES"]
    ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/suites").path

  /// How many times as many cases the long target wants: `CFGMIGRATE_SCALE`, 1 in CI.
  public static let scale = ProcessInfo.processInfo.environment["CFGMIGRATE_SCALE"].flatMap(Int.init) ?? 1
}
