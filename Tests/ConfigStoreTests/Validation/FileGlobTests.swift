import ConfigStore
import Testing

@Suite struct FileGlobTests {
  @Test(arguments: [
    ("*.yaml", "a.yaml"), ("**/*.yaml", "a.yaml"), ("**/*.yaml", "a/b/c.yaml"), ("a/**/c.yaml", "a/c.yaml"),
    ("a/**", "a/b/c"), ("?.yaml", "a.yaml"), ("[ab].yaml", "b.yaml"), ("[a-c].yaml", "b.yaml"), ("[!x].yaml", "b.yaml"),
    ("*.{yml,yaml}", "a.yml"), ("{a,b/c}.yaml", "b/c.yaml"), ("a{,-b{1,2}}.yaml", "a-b2.yaml"), ("a*b*c", "aXbYbc"),
    ("./a.yaml", "a.yaml"), ("[]].yaml", "].yaml"), ("[.yaml", "[.yaml"), ("{a.yaml", "{a.yaml"), ("a/*", "a/.b"),
  ])
  func `a pattern fits`(_ pattern: String, _ path: String) { #expect(FileGlob(pattern).matches(path)) }

  @Test(arguments: [
    ("*.yaml", "a/b.yaml"), ("*.yaml", "a.yml"), ("?.yaml", "ab.yaml"), ("[ab].yaml", "c.yaml"),
    ("[!b].yaml", "b.yaml"),
    ("a/*/c", "a/c"), ("a", "a/b"), ("*.{yml,yaml}", "a.json"), ("", "a"), ("[a-c].yaml", "-.yaml"),
  ])
  func `a pattern does not fit`(_ pattern: String, _ path: String) { #expect(!FileGlob(pattern).matches(path)) }

  @Test func `a pattern of a catalogue fits the end of a path`() {
    #expect(FileGlob("*.yml").matchesEnd(of: "/home/ada/ci/build.yml"))
    #expect(FileGlob(".github/workflows/*.yml").matchesEnd(of: "/home/ada/x/.github/workflows/ci.yml"))
    #expect(!FileGlob("workflows/*.yml").matchesEnd(of: "/home/ada/my-workflows/ci.yml"))
    #expect(!FileGlob("*.yml").matchesEnd(of: "/home/ada/build.yml/readme"))
  }

  @Test func `many stars take no time that grows with the number of ways`() {
    let name = String(repeating: "a", count: 60)
    #expect(!FileGlob(String(repeating: "a*", count: 12) + "b").matches(name))
  }
}
