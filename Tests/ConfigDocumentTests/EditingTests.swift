import ConfigDocument
import TestSupport
import Testing

@Suite struct EditingTests {
  static let platform = """
    # Platform configuration
    # kept by the operations team

    version: "2.1.0"

    database:
      # The primary, not the replica.
      host: db.internal   # via VPN
      max_connections: 50 # measured in March
      # port: 5433

      # A float.

      name: 'jobs'

    services: &defaults
    - name: api
      port: 8080
    - name: worker
      port: 8081
      # foot of worker

    tail: |
      text
        deeper

      end
    empty:

    """

  @Test func `an untouched document is its source`() throws {
    #expect(try edited(Self.platform) { _ in } == Self.platform)
  }

  @Test func `a scalar changes alone`() throws {
    let text = try edited(Self.platform) { try $0.set($0["/database/max_connections"], to: 80) }
    #expect(text == Self.platform.replacing("max_connections: 50 #", with: "max_connections: 80 #"))
  }

  @Test func `quotes are kept`() throws {
    let text = try edited(Self.platform) {
      try $0.set($0["/version"], to: "2.2.0")
      try $0.set($0["/database/name"], to: "it's")
    }
    #expect(
      text == Self.platform.replacing("2.1.0", with: "2.2.0").replacing("'jobs'", with: "'it''s'"))
  }

  @Test func `a key is renamed in place`() throws {
    let text = try edited(Self.platform) { try $0.rename($0["/database/max_connections"], to: "max") }
    #expect(text == Self.platform.replacing("max_connections:", with: "max:"))
  }

  @Test func `an entry goes with its comments`() throws {
    let text = try edited(Self.platform) { try $0.remove($0["/database/host"]) }
    #expect(
      text
        == Self.platform.replacing(
          "  # The primary, not the replica.\n  host: db.internal   # via VPN\n", with: ""))
    let second = try edited(Self.platform) { try $0.remove($0["/database/max_connections"]) }
    #expect(second == Self.platform.replacing("  max_connections: 50 # measured in March\n  # port: 5433\n", with: ""))
  }

  @Test func `the first key of a compact item goes`() throws {
    let text = try edited(Self.platform) { try $0.remove($0["/services/0/name"]) }
    #expect(text == Self.platform.replacing("- name: api\n  port: 8080", with: "- port: 8080"))
    let emptied = try edited("- a: 1 # gone\n- b: 2\n") { try $0.remove($0["/0/a"]) }
    #expect(emptied == "- {}\n- b: 2\n")
  }

  @Test func `the last key goes and the map stays`() throws {
    let text = try edited("parent: # note\n  only: 1\nnext: 2\n") { try $0.remove($0["/parent/only"]) }
    #expect(text == "parent: {} # note\nnext: 2\n")
    let root = try edited("only: 1\n") { try $0.remove($0["/only"]) }
    #expect(root == "{}\n")
  }

  @Test func `a new entry stands last, behind a foot comment`() throws {
    let text = try edited(Self.platform) {
      try $0.insert(["size": 5, "list": ["a", "b"]], forKey: "pool", into: $0["/services/1"], comment: "New.")
    }
    #expect(
      text
        == Self.platform.replacing(
          "  # foot of worker\n",
          with: "  # foot of worker\n  # New.\n  pool:\n    size: 5\n    list:\n    - a\n    - b\n"))
  }

  @Test func `a new section is separated as its siblings are`() throws {
    let text = try edited("a: 1\n\nb: 2\n\nc: 3\n") { try $0.insert(["x": true], forKey: "d", into: $0[""]) }
    #expect(text == "a: 1\n\nb: 2\n\nc: 3\n\nd:\n  x: true\n")
  }

  @Test func `an entry moves deeper with its comments`() throws {
    let text = try edited(Self.platform) { document in
      let database = document["/database"]
      let pool = try document.insert(.object(Object()), forKey: "connection_pool", into: database)
      try document.move(document["/database/max_connections"], toKey: "max_size", in: pool)
      try document.insert(5, forKey: "min_size", into: pool)
    }
    #expect(
      text
        == Self.platform.replacing("  max_connections: 50 # measured in March\n  # port: 5433\n", with: "")
        .replacing(
          "  name: 'jobs'\n",
          with:
            "  name: 'jobs'\n  connection_pool:\n    max_size: 50 # measured in March\n    # port: 5433\n    min_size: 5\n"
        ))
  }

  @Test func `a file without a final newline stays so`() throws {
    #expect(try edited("a: 1\nb: 2") { try $0.insert(3, forKey: "c", into: $0[""]) } == "a: 1\nb: 2\nc: 3")
    #expect(try edited("a: 1\nb: 2") { try $0.remove($0["/b"]) } == "a: 1")
    #expect(
      try edited("a: 1\r\nb: 2\r\n") { try $0.insert(3, forKey: "c", into: $0[""]) } == "a: 1\r\nb: 2\r\nc: 3\r\n")
  }

  @Test func `JSON keeps its style`() throws {
    let pretty = "{\n\t\"a\": 1,\n\t\"b\": [1, 2]\n}\n"
    #expect(
      try edited(pretty, as: .json) { try $0.insert(["x": [1, 2]], forKey: "c", into: $0[""]) }
        == "{\n\t\"a\": 1,\n\t\"b\": [1, 2],\n\t\"c\": {\n\t\t\"x\": [1, 2]\n\t}\n}\n")
    #expect(try edited(pretty, as: .json) { try $0.remove($0["/b"]) } == "{\n\t\"a\": 1\n}\n")
    #expect(try edited(pretty, as: .json) { try $0.remove($0["/a"]) } == "{\n\t\"b\": [1, 2]\n}\n")
    #expect(try edited(pretty, as: .json) { try $0.remove($0["/b/0"]) } == pretty.replacing("1, 2", with: "2"))
    let compact = "{\"a\":1,\"b\":{\"c\":[]}}"
    #expect(
      try edited(compact, as: .json) { try $0.insert(["x": 2], forKey: "d", into: $0["/b"]) }
        == "{\"a\":1,\"b\":{\"c\":[],\"d\":{\"x\":2}}}")
    #expect(
      try edited(compact, as: .json) { try $0.move($0["/a"], toKey: "z", in: $0["/b"]) }
        == "{\"b\":{\"c\":[],\"z\":1}}")
  }

  @Test func `an empty collection opens as a block`() throws {
    #expect(
      try edited("a: {} # c\nb: 1\n") { try $0.insert(1, forKey: "x", into: $0["/a"]) } == "a: # c\n  x: 1\nb: 1\n")
    #expect(try edited("a: []\n") { try $0.insert("x", into: $0["/a"]) } == "a:\n  - x\n")
    #expect(try edited("a:\nb: 1\n") { try $0.set($0["/a"], to: ["x": 1]) } == "a:\n  x: 1\nb: 1\n")
  }

  @Test func `a value of another kind takes the place`() throws {
    #expect(try edited("a: 5 # c\nb: 1\n") { try $0.set($0["/a"], to: ["x": 1]) } == "a: # c\n  x: 1\nb: 1\n")
    #expect(try edited("a: # c\n  x: 1\n  y: 2\nb: 1\n") { try $0.set($0["/a"], to: 5) } == "a: 5 # c\nb: 1\n")
    #expect(try edited("- x: 1\n  y: 2\n- z\n") { try $0.set($0["/0"], to: 5) } == "- 5\n- z\n")
    #expect(try edited("a: |\n  one\n  two\nb: 1\n") { try $0.set($0["/a"], to: "x") } == "a: x\nb: 1\n")
    #expect(
      try edited("a: x # c\nb: 1\n") { try $0.set($0["/a"], to: "one\ntwo\n") } == "a: | # c\n  one\n  two\nb: 1\n")
  }

  @Test func `new strings are quoted where a reader may err`() throws {
    for text in [
      "yes", "no", "on", "0o17", "017", "1e3", "12:30", "~", "=", "<<", "2001-01-01", "", " x", "a: b", "a #b", "- x",
    ] {
      #expect(try edited("a: x\n") { try $0.set($0["/a"], to: .string(text)) } == "a: \"\(text)\"\n")
    }
    for text in ["2.2.0", "a b", "x:y", "http://a/b?c=d", "AES-256-GCM", "/metrics", "-x"] {
      #expect(try edited("a: x\n") { try $0.set($0["/a"], to: .string(text)) } == "a: \(text)\n")
    }
  }

  @Test func `a new key goes where it keeps sorted siblings sorted`() throws {
    let sorted = "a: 1\nc: 2 # c\n# head of d\nd: 3\n"
    #expect(
      try edited(sorted) { try $0.insert(9, forKey: "cc", into: $0[""], at: .sorted) }
        == "a: 1\nc: 2 # c\ncc: 9\n# head of d\nd: 3\n")
    #expect(try edited(sorted) { try $0.insert(9, forKey: "e", into: $0[""], at: .sorted) } == sorted + "e: 9\n")
    #expect(try edited(sorted) { try $0.insert(9, forKey: "A", into: $0[""], at: .sorted) } == "A: 9\n" + sorted)
    #expect(
      try edited("b: 1\na: 2\n") { try $0.insert(9, forKey: "aa", into: $0[""], at: .sorted) } == "b: 1\na: 2\naa: 9\n")
    #expect(try edited("[a, c]\n") { try $0.insert("b", into: $0[""], at: .sorted) } == "[a, b, c]\n")
  }

  @Test func `a diff falls out of the rendering`() throws {
    var document = try Document(Array(Self.platform.utf8), as: .yaml, named: "platform.yaml")
    try document.set(document["/version"], to: "2.2.0")
    let rendering = try document.render()
    let diff = String(
      decoding: UnifiedDiff.text(of: rendering, from: document.source, path: "platform.yaml"), as: UTF8.self)
    #expect(
      diff == """
        --- a/platform.yaml
        +++ b/platform.yaml
        @@ -1,7 +1,7 @@
         # Platform configuration
         # kept by the operations team
         
        -version: "2.1.0"
        +version: "2.2.0"
         
         database:
           # The primary, not the replica.

        """)
  }
}
