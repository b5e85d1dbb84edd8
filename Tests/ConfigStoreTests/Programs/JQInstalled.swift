@testable import ConfigStore

/// Whether jq is there; tests that need it say so where it is not.
enum JQInstalled {
  static let isTrue = ExecutableSearch.find("jq") != nil
  static let reason = "jq is not installed"
}
