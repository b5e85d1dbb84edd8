/// Where the sources of this package are.
public enum Repository {
  /// The package's directory, absolute, without a slash at the end.
  public static let root: String = {
    // Tests/TestSupport/Repository.swift
    var parts = #filePath.split(separator: "/")
    parts.removeLast(3)
    return "/" + parts.joined(separator: "/")
  }()
}
