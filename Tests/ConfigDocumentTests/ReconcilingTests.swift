import ConfigDocument
import TestSupport
import Testing

@Suite struct ReconcilingTests {
  static let text = """
    # header

    server: # the one
      # where it listens
      port: 8080   # http
      host: 'localhost'
    jobs:
      # nightly
      - name: a   # first
        at: "02:00"
      - name: b
        at: "03:00"
      # weekly
      - name: c
        at: "04:00"
    flags: {x: true, y: false}

    """

  private func reconciled(_ change: (inout Value) -> Void, in text: String = Self.text) throws -> String {
    try edited(text) { document in
      var value = document.value(of: document.roots[0])
      change(&value)
      try document.reconcile(document.roots[0], with: value)
      #expect(document.value(of: document.roots[0]) == value)
    }
  }

  @Test func `the same value is no edit`() throws {
    #expect(try reconciled { _ in } == Self.text)
  }

  @Test func `a changed scalar is one line`() throws {
    let text = try reconciled { $0["server"]?["port"] = 9090 }
    #expect(text == Self.text.replacing("8080", with: "9090"))
  }

  @Test func `an equal value keeps its spelling and its alias`() throws {
    let text = "a: 0x10\nb: &n 1.50\nc: *n\nd: {e: 1e3, f: 2}\n"
    let spelledOtherwise = try reconciled(
      { value in
        value = [
          "a": .number(Number("16")!), "b": .number(Number("1.5")!), "c": .number(Number("1.5")!),
          "d": ["e": 1000, "f": 3],
        ]
      }, in: text)
    #expect(spelledOtherwise == text.replacing("f: 2", with: "f: 3"))
  }

  @Test func `a renamed key keeps its comments`() throws {
    let text = try reconciled { value in
      let port = value["server"]?["port"]
      value["server"]?["listen"] = port
      value["server"]?["port"] = nil
    }
    #expect(text == Self.text.replacing("port:", with: "listen:"))
  }

  @Test func `a moved subtree keeps its comments`() throws {
    let text = try reconciled { value in
      let server = value["server"]
      value["server"] = nil
      value["net"] = ["inner": server!]
    }
    // The whole of `server` is gone, and what `net` holds is new: its value is found inside.
    #expect(text.contains("net:"))
    let moved = try reconciled { value in
      value["flags"]?["port2"] = nil
      value["other"] = value["jobs"]
      value["jobs"] = nil
    }
    #expect(moved == Self.text.replacing("jobs:", with: "other:"))
  }

  @Test func `list items are told apart by what they hold`() throws {
    let removed = try reconciled { value in
      guard case .array(var jobs) = value["jobs"] else { return }
      jobs.remove(at: 1)
      value["jobs"] = .array(jobs)
    }
    #expect(removed == Self.text.replacing("  - name: b\n    at: \"03:00\"\n", with: ""))
    let changed = try reconciled { value in
      guard case .array(var jobs) = value["jobs"] else { return }
      jobs[2]["at"] = "05:00"
      jobs.insert(["name": "new"], at: 1)
      value["jobs"] = .array(jobs)
    }
    #expect(
      changed
        == Self.text.replacing("04:00", with: "05:00").replacing(
          "    at: \"02:00\"\n", with: "    at: \"02:00\"\n  - name: new\n"))
    let swapped = try reconciled { value in
      guard case .array(var jobs) = value["jobs"] else { return }
      jobs.swapAt(0, 2)
      value["jobs"] = .array(jobs)
    }
    #expect(swapped.contains("# weekly\n  - name: c\n    at: \"04:00\"\n  - name: b"))
    #expect(swapped.contains("# nightly\n  - name: a   # first\n    at: \"02:00\"\nflags"))
  }

  @Test func `what a merge key gives is left to it`() throws {
    let text = "base: &b\n  x: 1\n  q: 2\nuser:\n  <<: *b\n  z: 3\n"
    #expect(try reconciled({ $0["user"]?["z"] = 4 }, in: text) == text.replacing("z: 3", with: "z: 4"))
    #expect(try reconciled({ $0["user"]?["q"] = 5 }, in: text) == text.replacing("  z: 3\n", with: "  z: 3\n  q: 5\n"))
    #expect(
      try reconciled({ $0["user"]?["q"] = nil }, in: text)
        == "base: &b\n  x: 1\n  q: 2\nuser:\n  x: 1\n  z: 3\n")
  }
}

extension Value {
  /// A member of an object, for tests that change values.
  subscript(key: String) -> Value? {
    get { object?[key] }
    set {
      guard var object else { return }
      object[key] = newValue
      self = .object(object)
    }
  }
}
