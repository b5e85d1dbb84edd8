import ConfigMigration
import Testing

@Suite struct VersionTests {
  @Test(arguments: [
    ("1.0.0", "1.0.1"), ("1.9.0", "1.10.0"), ("2", "2.0.1"), ("3.0.0-rc.1", "3.0.0"), ("3.0.0-rc.2", "3.0.0-rc.10"),
    ("3.0.0-alpha", "3.0.0-beta"), ("3.0.0-1", "3.0.0-alpha"), ("3.0.0-rc", "3.0.0-rc.1"),
  ])
  func `semantic versions are ordered`(_ older: String, _ newer: String) throws {
    let (a, b) = (try #require(Version(older, scheme: .semver)), try #require(Version(newer, scheme: .semver)))
    #expect(a < b)
    #expect(!(b < a))
  }

  @Test func `parts that are left out are zero`() {
    #expect(Version("2.1", scheme: .semver) == Version("2.1.0+build.7", scheme: .semver))
  }

  @Test(arguments: ["", "v2", "2.1.0.0", "2..1", "2.x", "1.0.0-", "-1"])
  func `what is no version is none`(_ text: String) {
    #expect(Version(text, scheme: .semver) == nil)
  }

  @Test(arguments: [
    ("2.1", "2.1.0", true), ("2.1", "2.1.17", true), ("2.1", "2.2.0", false), ("2.1", "2.10.0", false),
    ("2", "2.7.1", true), ("2.1.0", "2.1.0", true), ("2.1.0", "2.1.1", false), ("2.1", "2.1.0-rc.1", false),
  ])
  func `a range holds what its parts say`(_ range: String, _ version: String, _ holds: Bool) throws {
    let range = try #require(VersionRange(range, scheme: .semver))
    #expect(range.contains(try #require(Version(version, scheme: .semver))) == holds)
  }

  @Test func `other schemes are ordered too`() throws {
    #expect(try #require(Version("9", scheme: .integer)) < #require(Version("10", scheme: .integer)))
    #expect(Version("1.0", scheme: .integer) == nil)
    #expect(
      try #require(Version("2025-12-31", scheme: .date)) < #require(Version("2026-01-01", scheme: .date)))
    for label in ["2026-13-01", "2023-02-29", "2100-02-29", "2026-04-31"] {
      #expect(Version(label, scheme: .date) == nil, "\(label)")
    }
    #expect(Version("2024-02-29", scheme: .date) != nil)
    #expect(
      try #require(VersionRange("2026-04", scheme: .date)).contains(#require(Version("2026-04-09", scheme: .date))))
    let names = VersionScheme.list(["stone", "bronze", "iron"])
    #expect(try #require(Version("stone", scheme: names)) < #require(Version("iron", scheme: names)))
    #expect(Version("paper", scheme: names) == nil)
  }
}
