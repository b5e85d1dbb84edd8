import ConfigDocument
import TestSupport
import Testing

/// Entries and items that come from another document.
@Suite struct ImportingTests {
  /// Takes the node at `pointer` of `donor` into the collection at `target` of `text`; under `key`, or into a list.
  private func taken(
    _ pointer: String, of donor: String, in donorFormat: DocumentFormat = .yaml, into target: String,
    _ text: String, as format: DocumentFormat = .yaml, key: String? = nil, at position: Position = .last,
    droppingComments: Bool = false, yaml: (Document.YAMLVersion, Document.YAMLVersion) = (.yaml12, .yaml12)
  ) throws -> String {
    let donor = try Document(Array(donor.utf8), as: donorFormat, named: "donor", yaml: yaml.0)
    var document = try Document(Array(text.utf8), as: format, named: "file", yaml: yaml.1)
    let node = donor[pointer]
    let container = document[target]
    let new =
      if let key {
        try document.insert(
          node, from: donor, forKey: key, into: container, at: position, droppingComments: droppingComments)
      } else {
        try document.insert(node, from: donor, into: container, at: position, droppingComments: droppingComments)
      }
    #expect(document.value(of: new) == donor.value(of: node))
    return String(decoding: try document.render().bytes, as: UTF8.self)
  }

  static let base = """
    # Base

    database:   # the store
        # The primary.
        host: 'db.internal'   # via VPN
        pool:
            - {min: 1, max: 5}   # small
            -   size: 7

        script: |2
            indented
          text
        # port: 5433

    other: 1

    """

  @Test func `an entry comes with its comments and layout`() throws {
    let text = try taken("/database", of: Self.base, into: "/env", "env:\n  a: 1 # one\n", key: "db")
    #expect(
      text == """
        env:
          a: 1 # one
          db:   # the store
              # The primary.
              host: 'db.internal'   # via VPN
              pool:
                  - {min: 1, max: 5}   # small
                  -   size: 7

              script: |2
                  indented
                text
              # port: 5433

        """)
  }

  @Test func `an inner entry comes with its head, and goes to every position`() throws {
    let text = "# top\n\na: 1\n# of b\nb: 2\n"
    let host = "# The primary.\nhost: 'db.internal'   # via VPN\n"
    #expect(
      try taken("/database/host", of: Self.base, into: "", text, key: "host", at: .first)
        == "# top\n\n\(host)a: 1\n# of b\nb: 2\n")
    #expect(try taken("/database/host", of: Self.base, into: "", text, key: "host") == text + host)
    #expect(
      try taken("/database/host", of: Self.base, into: "", text, key: "aa", at: .sorted)
        == "# top\n\na: 1\n\(host.replacing("host:", with: "aa:"))# of b\nb: 2\n")
    let donor = try Document(Array(Self.base.utf8), as: .yaml, named: "donor")
    #expect(
      try edited(text) {
        try $0.insert(donor["/database/host"], from: donor, forKey: "host", into: $0[""], at: .after($0["/a"]))
        try $0.insert(donor["/other"], from: donor, forKey: "other", into: $0[""], at: .before($0["/host"]))
      } == "# top\n\na: 1\nother: 1\n\(host)# of b\nb: 2\n")
  }

  @Test func `items and entries become each other`() throws {
    #expect(
      try taken("/database/pool/1", of: Self.base, into: "/l", "l:\n- x # c\n", at: .first)
        == "l:\n-   size: 7\n- x # c\n")
    #expect(
      try taken("/database/pool/0", of: Self.base, into: "", "a: 1\n", key: "b")
        == "a: 1\nb: {min: 1, max: 5}   # small\n")
    #expect(
      try taken("/database/host", of: Self.base, into: "/l", "l:\n  - x\n")
        == "l:\n  - x\n  # The primary.\n  - 'db.internal'   # via VPN\n")
    #expect(try taken("/0", of: "- - a\n  - b\n- c\n", into: "/l", "l:\n- x\n") == "l:\n- x\n- - a\n  - b\n")
    #expect(try taken("/0/1", of: "- - a\n  - b # c\n- c\n", into: "/l", "l:\n- x\n") == "l:\n- x\n- b # c\n")
    #expect(try taken("/0/n", of: "- n: 1 # c\n  m: 2\n", into: "", "a: 1\n", key: "n") == "a: 1\nn: 1 # c\n")
  }

  @Test func `into what is empty`() throws {
    let donor = "a: 1 # c\nb:\n- x\n"
    #expect(try taken("/a", of: donor, into: "/m", "m: {}\nn: 1\n", key: "a") == "m:\n  a: 1 # c\nn: 1\n")
    #expect(try taken("/b", of: donor, into: "", "{}\n", key: "b") == "b:\n- x\n")
    #expect(try taken("/b/0", of: donor, into: "/l", "l: []\n") == "l:\n  - x\n")
    #expect(try taken("/b", of: donor, into: "/m", "m: {x: 1}\n", key: "b") == "m: {x: 1, b: [x]}\n")
    #expect(throws: Diagnostic.self) { try taken("/a", of: donor, into: "/m", "m: {x: 1}\n", key: "a") }
  }

  @Test func `files that end without a line break`() throws {
    #expect(try taken("/a", of: "a: 1 # c", into: "", "b: 2", key: "a") == "b: 2\na: 1 # c")
    #expect(try taken("/a", of: "a: |\n  one", into: "", "b: 2\n", key: "a") == "b: 2\na: |-\n  one\n")
    #expect(try taken("/a", of: "a: |\n  one\n", into: "", "b: 2", key: "a") == "b: 2\na: |\n  one\n")
    #expect(try taken("/a", of: "a: 1\n", into: "", "b: |\n  two", key: "a") == "b: |-\n  two\na: 1")
  }

  @Test func `the lines end as those of the file`() throws {
    let unix = "# head\na:\n  b: |+\n    x\n\n    y\n\n  c: \"p\n    q\"\n"
    let windows = unix.replacing("\n", with: "\r\n")
    let inner = "  # head\n  a:\n    b: |+\n      x\n\n      y\n\n    c: \"p\n      q\"\n"
    #expect(
      try taken("/a", of: unix, into: "/m", "m:\r\n  x: 1\r\n", key: "a")
        == "m:\r\n  x: 1\r\n" + inner.replacing("\n", with: "\r\n"))
    #expect(try taken("/a", of: windows, into: "/m", "m:\n  x: 1\n", key: "a") == "m:\n  x: 1\n" + inner)
    #expect(
      try taken("/a", of: windows, into: "/m", "\u{FEFF}m:\n  x: 1\n", key: "a") == "\u{FEFF}m:\n  x: 1\n" + inner)
  }

  @Test func `an alias whose anchor stays behind is expanded`() throws {
    let donor = "base: &b\n  x: &x 1\n  y: *x\nuse:\n  # why\n  k: *b # c\n  <<: *b\n"
    #expect(
      try taken("/use", of: donor, into: "", "a: 1\n", key: "use") == """
        a: 1
        use:
          # why
          k: # c
            x: 1
            y: 1
          <<:
            x: 1
            y: 1

        """)
    #expect(throws: Diagnostic.self) { try taken("/a/0", of: "a: &a [*a]\n", into: "", "b: 1\n", key: "c") }
  }

  @Test func `an anchor comes along, under a name that is free`() throws {
    let donor = "top: &b\n  x: &x 1\n  y: *x # same\n"
    #expect(try taken("/top", of: donor, into: "", "a: 1\n", key: "top") == "a: 1\n" + donor)
    #expect(
      try taken("/top", of: donor, into: "", "a: &x 1\nb: &x_2 2\nc: *x\n", key: "top", at: .first)
        == "top: &b\n  x: &x_3 1\n  y: *x_3 # same\na: &x 1\nb: &x_2 2\nc: *x\n")
  }

  @Test func `tags mean the same`() throws {
    let donor = "%TAG !e! tag:example.com,2000:\n---\na: !e!thing {x: 1}\nb: !Ref y\nc: !!str 5\n"
    #expect(
      try taken("/a", of: donor, into: "", "k: 1\n", key: "a") == "k: 1\na: !<tag:example.com,2000:thing> {x: 1}\n")
    #expect(try taken("/b", of: donor, into: "", "k: 1\n", key: "b") == "k: 1\nb: !Ref y\n")
    #expect(try taken("/c", of: donor, into: "", "k: 1\n", key: "c") == "k: 1\nc: !!str 5\n")
    #expect(
      try taken("/b", of: donor, into: "", "%TAG ! tag:z,2000:\n---\nk: 1\n", key: "b")
        == "%TAG ! tag:z,2000:\n---\nk: 1\nb: !<!Ref> y\n")
  }

  @Test func `values stay the same between YAML 1.1 and 1.2`() throws {
    let donor = "a:\n  - yes # c\n  - 017\n  - 1e3\n  - 0b11\n  - 'yes'\n  - plain\n"
    #expect(
      try taken("/a", of: donor, into: "", "k: 1\n", key: "a", yaml: (.yaml11, .yaml12))
        == "k: 1\na:\n  - true # c\n  - 15\n  - \"1e3\"\n  - 3\n  - 'yes'\n  - plain\n")
    #expect(
      try taken("/a", of: donor, into: "", "k: 1\n", key: "a", yaml: (.yaml12, .yaml11))
        == "k: 1\na:\n  - \"yes\" # c\n  - 17\n  - 1000\n  - \"0b11\"\n  - 'yes'\n  - plain\n")
  }

  @Test func `a whole document under a key`() throws {
    #expect(
      try taken("", of: "# head\n\na: 1 # c\n# mid\nb:\n- x\n# end\n", into: "", "k: 1\n", key: "prod")
        == "k: 1\nprod:\n  # head\n\n  a: 1 # c\n  # mid\n  b:\n  - x\n  # end\n")
    #expect(
      try taken("", of: "# top\n--- # c\na: 1\n...\n", into: "", "k: 1\n", key: "prod")
        == "k: 1\n# top\nprod: # c\n  a: 1\n")
    #expect(try taken("", of: "- a\n- b\n", into: "/l", "l:\n- x\n") == "l:\n- x\n- - a\n  - b\n")
    #expect(try taken("", of: "a: 1\nb: 2\n", into: "/l", "l:\n- x\n") == "l:\n- x\n- a: 1\n  b: 2\n")
    #expect(try taken("", of: "--- {a: 1} # c\n", into: "", "k: 1\n", key: "r") == "k: 1\nr: {a: 1} # c\n")
    #expect(try taken("", of: "--- |\n  one\n", into: "", "k: 1\n", key: "r") == "k: 1\nr: |\n    one\n")
    #expect(
      try taken("", of: "{\"a\": 1}\n", in: .json, into: "", "{\n  \"k\": 1\n}\n", as: .json, key: "r")
        == "{\n  \"k\": 1,\n  \"r\": {\"a\": 1}\n}\n")
  }

  @Test func `a document of a stream`() throws {
    let donor = try Document(Array("a: 1\n--- # c\nb: 2 # d\n".utf8), as: .yaml, named: "donor")
    #expect(
      try edited("x: 1\n---\ny: 2\n") {
        try $0.insert(donor["/b", root: 1], from: donor, forKey: "b", into: $0[""])
        try $0.insert(donor.roots[1], from: donor, forKey: "all", into: $0["", root: 1])
      } == "x: 1\nb: 2 # d\n---\ny: 2\nall: # c\n  b: 2 # d\n")
  }

  @Test func `JSON into JSON`() throws {
    let donor = "{\n    \"a\": 1,\n    \"deep\": {\n        \"x\": [1, 2],\n        \"y\": 1.50\n    }\n}\n"
    #expect(
      try taken("/deep", of: donor, in: .json, into: "/m", "{\n  \"m\": {\n    \"k\": 0\n  }\n}\n", as: .json, key: "d")
        == "{\n  \"m\": {\n    \"k\": 0,\n    \"d\": {\n        \"x\": [1, 2],\n        \"y\": 1.50\n    }\n  }\n}\n")
    #expect(
      try taken("/deep", of: donor, in: .json, into: "", "{\"m\":1}", as: .json, key: "d")
        == "{\"m\":1,\"d\":{\"x\":[1,2],\"y\":1.50}}")
    #expect(try taken("/deep/x", of: donor, in: .json, into: "", "[0, 1]\n", as: .json) == "[0, 1, [1, 2]]\n")
  }

  @Test func `JSON with comments`() throws {
    let donor = """
      {
        // first
        "a": 1, // behind
        "deep": {
          /* inside */ "x": 1, // line
          "y": [1, 2,],
        },
      }

      """
    #expect(
      try taken("/deep", of: donor, in: .jsonc, into: "", "{\n  \"m\": 1\n}\n", as: .jsonc, key: "d")
        == "{\n  \"m\": 1,\n  \"d\": {\n    /* inside */ \"x\": 1, // line\n    \"y\": [1, 2,],\n  }\n}\n")
    #expect(throws: Diagnostic.self) {
      try taken("/deep", of: donor, in: .jsonc, into: "", "{\n  \"m\": 1\n}\n", as: .json, key: "d")
    }
    #expect(
      try taken(
        "/deep", of: donor, in: .jsonc, into: "", "{\n  \"m\": 1\n}\n", as: .json, key: "d", droppingComments: true)
        == "{\n  \"m\": 1,\n  \"d\": {\n                 \"x\": 1,\n    \"y\": [1, 2 ]\n  }\n}\n")
  }

  @Test func `between YAML and JSON`() throws {
    let donor = "a: # c\n  x: 0x1F\n  y: [a, 'b']\nn: .nan\nt: !Ref z\n"
    #expect(throws: Diagnostic.self) { try taken("/a", of: donor, into: "", "{}\n", as: .json, key: "a") }
    #expect(
      try taken("/a", of: donor, into: "", "{\n  \"k\": 1\n}\n", as: .json, key: "a", droppingComments: true)
        == "{\n  \"k\": 1,\n  \"a\": {\n    \"x\": 31,\n    \"y\": [\n      \"a\",\n      \"b\"\n    ]\n  }\n}\n")
    #expect(throws: Diagnostic.self) { try taken("/n", of: donor, into: "", "{}\n", as: .json, key: "n") }
    #expect(throws: Diagnostic.self) { try taken("/t", of: donor, into: "", "{}\n", as: .json, key: "t") }
    #expect(
      try taken("/a", of: "{\"a\": {\"x\": 1E5, \"y\": [true]}}", in: .json, into: "", "k:\n  - v\n", key: "a")
        == "k:\n  - v\na:\n  x: 1E5\n  \"y\":\n    - true\n")
  }

  @Test func `what came can be edited, and moved on`() throws {
    let donor = try Document(Array(Self.base.utf8), as: .yaml, named: "donor")
    let text = try edited("env:\n  a: 1\n") { document in
      let node = try document.insert(donor["/database"], from: donor, forKey: "db", into: document["/env"])
      try document.set(document["/env/db/host"], to: "other")
      try document.remove(document["/env/db/pool/1"])
      try document.insert(2, forKey: "new", into: document["/env/db/pool/0"])
      try document.move(document["/env/a"], toKey: "a", in: node)
      try document.move(document["/env/db/pool"], toKey: "pool", in: document[""])
      try document.copy(document["/env/db/host"], toKey: "host2", in: document["/env"])
    }
    #expect(
      text == """
        env:
          db:   # the store
              # The primary.
              host: 'other'   # via VPN

              script: |2
                  indented
                text
              # port: 5433
              a: 1
          host2: 'other'
        pool:
            - {min: 1, max: 5, new: 2}   # small

        """)
    // And from there into a third file.
    var second = try Document(Array("env:\n  a: 1\n".utf8), as: .yaml, named: "second")
    try second.insert(donor["/database"], from: donor, forKey: "db", into: second["/env"])
    try second.rename(second["/env/db/host"], to: "hostname")
    #expect(
      try edited("x: 1\r\n") {
        try $0.insert(second["/env/db/hostname"], from: second, forKey: "h", into: $0[""])
      } == "x: 1\r\n# The primary.\r\nh: 'db.internal'   # via VPN\r\n")
    #expect(second.place(of: second["/env/db"]).file == "donor")
    #expect(second.place(of: second["/env/db"]).line == 3)
  }

  @Test func `what is refused changes nothing`() throws {
    let donor = try Document(Array("a: 1 # c\nb: 2\nx: {p: 1}\n".utf8), as: .yaml, named: "donor")
    var document = try Document(Array("a: 1\nf: {k: 1}\nl: [1]\n".utf8), as: .yaml, named: "file")
    #expect(throws: Diagnostic.self) { try document.insert(donor["/a"], from: donor, forKey: "a", into: document[""]) }
    #expect(throws: Diagnostic.self) {
      try document.insert(donor["/a"], from: donor, forKey: "z", into: document["/f"])
    }
    #expect(throws: Diagnostic.self) {
      try document.insert(donor["/b"], from: donor, into: document["/l"], at: .after(document["/f/k"]))
    }
    #expect(throws: Diagnostic.self) { try document.insert(donor["/b"], from: donor, into: document["/f"]) }
    #expect(try document.render().bytes == document.source)
    try document.insert(donor["/x"], from: donor, forKey: "x", into: document[""])
    #expect(String(decoding: try document.render().bytes, as: UTF8.self) == "a: 1\nf: {k: 1}\nl: [1]\nx: {p: 1}\n")
  }

  @Test func `a root that starts with dashes behind a blank has no marker`() throws {
    #expect(try taken("", of: " --- a\n", into: "", "- b\n") == "- b\n-  --- a\n")
  }

  @Test(arguments: [
    "{t, [*x]: 1}", "{t, [*x]}", "{t, ? {a: *x} : 1}", "\n  t: 2\n  ? [*x,\n    b]\n  : 1", "\n  t: 2\n  ? - *x\n  : 1",
  ])
  func `an entry whose key holds an alias`(mapping: String) throws {
    let donor = try Document(Array("m: &x y\nn: \(mapping)\n".utf8), as: .yaml, named: "donor")
    var document = try Document(Array("- a\n".utf8), as: .yaml, named: "file")
    let entry = try #require(donor.entries(of: donor["/n"]).last)
    let new = try document.insert(entry.value, from: donor, into: document[""])
    #expect(document.value(of: new) == donor.value(of: entry.value))
    #expect(throws: Never.self) { try document.render() }
  }
}
