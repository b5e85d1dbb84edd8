private import Glibc

/// Whether expected texts are to be rewritten by what really came out: `CFGMIGRATE_RECORD=1`.
///
/// Whoever records must fail the test too, so that a recording run is never green.
public enum Recording {
  public static let isOn = getenv("CFGMIGRATE_RECORD").map { String(cString: $0) == "1" } ?? false
}
