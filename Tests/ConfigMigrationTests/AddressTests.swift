import ConfigDocument
import ConfigMigration
import Testing

@Suite struct AddressTests {
  @Test func `the parts of an address are read`() throws {
    let address = try AddressPattern("environments/{env}.yaml@2#/jobs/{job}/*/a~1b~0c/**/-")
    #expect(address.file?.text == "environments/{env}.yaml")
    #expect(address.document == 2)
    #expect(address.tokens == [.key("jobs"), .capture("job"), .any, .key("a/b~c"), .deep, .end])
  }

  @Test func `what is special is written with an escape`() throws {
    #expect(try AddressPattern("/~2/~3x~4/~5").tokens == [.key("*"), .key("{x}"), .key("-")])
    #expect(try AddressPattern("").tokens == [])
    #expect(try AddressPattern("/").tokens == [.key("")])
    #expect(try AddressPattern("/a#b").file == nil)
    #expect(try AddressPattern("**/token").tokens == [.deep, .key("token")])
  }

  @Test(arguments: [
    ("jobs/a", "`jobs/a` is no address: it does not start with `/` at character 1", "write `/jobs/a`"),
    ("/a/b*c", "`/a/b*c` is no address: a wildcard fills a whole part at character 5", "write `~2` for a literal `*`"),
    (
      "/a/{b", "`/a/{b` is no address: `{b` is no capture at character 4",
      "a capture is a name in braces that fills the whole part, like `{job}`; write `~3` for a literal `{`"
    ),
    (
      "/-/a", "`/-/a` is no address: `-` is the end of a list, and nothing can follow it at character 2",
      "write `~5` for a key that is literally `-`"
    ),
    (
      "/a~9", "`/a~9` is no address: `~` starts an escape, and is followed by none at character 3",
      "write `~0` for `~`, `~1` for `/`, `~2` for `*`, `~3` for `{`, `~4` for `}`, `~5` for `-`"
    ),
    ("#/a", "`#/a` is no address: no file stands before `#` at character 1", "leave `#` out to mean every file"),
  ])
  func `a fault is shown at its character`(_ text: String, _ message: String, _ hint: String) {
    #expect {
      try AddressPattern(text)
    } throws: { error in
      let error = error as? Diagnostic
      #expect(error?.message == message)
      #expect(error?.hint == hint)
      return error?.code == .badAddress
    }
  }

  @Test(arguments: [
    ("a.yaml", "a.yaml", true), ("*.yaml", "a.yaml", true), ("*.yaml", "d/a.yaml", false),
    ("d/*.json", "d/a.b.json", true), ("**/a.yaml", "a.yaml", true), ("**/a.yaml", "x/y/a.yaml", true),
    ("d/**", "d/x/y", true), ("{env}.yaml", ".yaml", false), ("{a}-{a}.yaml", "x-x.yaml", true),
    ("{a}-{a}.yaml", "x-y.yaml", false), ("A.yaml", "a.yaml", false),
  ])
  func `a path pattern matches as it says`(_ pattern: String, _ path: String, _ matches: Bool) throws {
    #expect((try PathPattern(pattern).match(path) != nil) == matches)
  }

  @Test func `a path capture is bound`() throws {
    let captures = try #require(PathPattern("environments/{env}.yaml").match("environments/prod.eu.yaml"))
    #expect(captures["env"] == "prod.eu")
    #expect(throws: Diagnostic.self) { try PathPattern("../x.yaml") }
    #expect(throws: Diagnostic.self) { try PathPattern("{x.yaml") }
  }
}
