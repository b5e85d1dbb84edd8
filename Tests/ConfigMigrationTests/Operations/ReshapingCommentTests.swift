import ConfigMigration
import Testing

/// A value that gets another shape keeps every comment in it, those too that belong to none of its entries.
@Suite struct ReshapingCommentTests {
  static let lists = [
    "v:  # behind the colon\n  # one\n  - name: a   # line\n    x: 1\n  # below\n\n  # between\n\n  # two\n  - name: b\n    x: 2\n",
    "v: # behind the colon\n- # dash\n  name: a\n  # x\n  x: 1\n\n# between\n\n- name: b\n",
    "v: [ # behind the bracket\n  # one\n  {name: a, x: 1}, # line\n\n  # between\n\n  {name: b} # two\n  # end\n  ] # all\n",
    "v: [ # behind the bracket\n  {name: a, # inside\n   x: 1}, {name: b}] # all\n",
  ]
  static let mappings = [
    "v:  # behind the colon\n  # one\n  a:   # line\n    # x\n    x: 1\n  # below\n\n  # between\n\n  # two\n  b:\n    x: 2 # y\n",
    "v: { # behind the bracket\n  # one\n  a: {x: 1}, # line\n\n  # between\n\n  b: {x: 2} # two\n  # end\n  } # all\n",
  ]

  private func check(_ text: String, _ operation: String) throws {
    let source = "version: 1.0.0\n# head\n\(text)"
    let plan = try SmallSet(["main.yaml": source]).plan(operation)
    let result = plan["main.yaml"]
    #expect(comments(result) == comments(source), "\(result)")
    #expect(plan.warnings.isEmpty)
  }

  /// No value of these texts has the mark in it.
  private func comments(_ text: String) -> [Substring] {
    text.split(separator: "\n").compactMap { line in line.firstIndex(of: "#").map { line[$0...] } }.sorted()
  }

  @Test(arguments: lists) func `pivot`(_ list: String) throws {
    try check(list, "- pivot: {path: /v, key: name}")
  }

  @Test func `the comment of a name is that of its entry`() throws {
    let list = "v:\n  # one\n  - name: a   # line\n    x: 1\n  - # n\n    name: b\n"
    let plan = try SmallSet(["main.yaml": "version: 1.0.0\n\(list)"]).plan("- pivot: {path: /v, key: name}")
    #expect(plan["main.yaml"] == "version: 2.0.0\nv:\n  # one\n  a:   # line\n    x: 1\n  # n\n  b: {}\n")
  }

  @Test func `an entry that was nothing but a name is one that the operation emptied`() throws {
    let plan = try SmallSet(["main.yaml": "version: 1.0.0\nv:\n  - name: a\n  - {name: b, x: 1}\n"])
      .plan("- pivot: {path: /v, key: name}\n- prune: {path: \"/v/*\"}")
    #expect(plan["main.yaml"] == "version: 2.0.0\nv:\n  b: {x: 1}\n")
  }

  @Test(arguments: mappings) func `unpivot`(_ mapping: String) throws {
    try check(mapping, "- unpivot: {path: /v, key: name}")
  }

  @Test(arguments: lists + mappings, ["list", "{key: inner}"]) func `wrap`(_ value: String, _ shape: String) throws {
    try check(value, "- wrap: {path: /v, as: \(shape)}")
  }

  @Test(arguments: [
    "v:  # behind the colon\n  # one\n  - name: a   # line\n  # below\n",
    "v: [ # behind the bracket\n  # one\n  {name: a, # n\n   x: 1} # line\n  # end\n  ] # all\n",
    "v: [ # behind the bracket\n  # one\n  1 # line\n  # end\n  ]\n",
    "v: [ # behind the bracket\n  # one\n  1 # line\n  # end\n  ] # all\n",
    "v:\n  - [ # behind the bracket\n    1, # one\n\n    # between\n\n    2\n    # end\n    ]   # all\n",
    "v:\n  # one\n  - - 1 # line\n\n    # between\n\n    - 2\n    # below\n",
    "v:\n  # one\n  - 1   # line\n  # below\n",
  ])
  func `unwrap`(_ list: String) throws {
    try check(list, "- unwrap: {path: /v, as: list}")
  }
}
