public import ConfigDocument

/// A plan to keep and review: it binds, by digest, every file, transformer and schema that it was made of, and every
/// file that it will write. It holds no contents, and so no secrets.
public struct SavedPlan: Hashable, Sendable {
  /// Something by its name, and the digest of what it was.
  public struct Entry: Hashable, Sendable {
    public var name: String
    public var digest: Digest
  }

  public var product: String
  /// The directory as it was named when the plan was made.
  public var directory: String
  public var from: String
  public var to: String
  public var productChecksum: Digest
  public var transformers: [Entry]
  public var schemas: [Entry]
  public var inputs: [Entry]
  public var outputs: [Entry]

  /// What differs from another plan, in words; empty where both bind the same.
  func differences(from saved: SavedPlan) -> [String] {
    // Everything else follows from another version.
    if from != saved.from { return ["the set was version \(saved.from) and is \(from)"] }
    var found: [String] = []
    if productChecksum != saved.productChecksum { found.append("the product file has changed") }
    found += Self.differences(transformers, saved.transformers, "the transformer")
    found += Self.differences(schemas, saved.schemas, "the schema of")
    found += Self.differences(inputs, saved.inputs, "the file")
    if found.isEmpty { found += Self.differences(outputs, saved.outputs, "the result of") }
    return found
  }

  private static func differences(_ now: [Entry], _ then: [Entry], _ what: String) -> [String] {
    var found: [String] = []
    for entry in then {
      switch now.first(where: { $0.name == entry.name }) {
      case nil: found.append("\(what) `\(entry.name)` is gone")
      case let other? where other.digest != entry.digest: found.append("\(what) `\(entry.name)` has changed")
      default: break
      }
    }
    for entry in now where !then.contains(where: { $0.name == entry.name }) {
      found.append("\(what) `\(entry.name)` is new")
    }
    return found
  }
}

extension SavedPlan {
  /// The plan as JSON; its shape is in docs/formats/plan.md.
  public var value: Value {
    func list(_ entries: [Entry]) -> Value {
      .array(entries.map { ["name": .string($0.name), "digest": .string("\($0.digest)")] })
    }
    return [
      "cfgmigrate_plan": 1, "product": .string(product), "directory": .string(directory), "from": .string(from),
      "to": .string(to), "product_checksum": .string("\(productChecksum)"), "transformers": list(transformers),
      "schemas": list(schemas), "inputs": list(inputs), "outputs": list(outputs),
    ]
  }

  /// What the ledger remembers a plan by, wherever its directory is called from.
  var digest: Digest {
    var plan = self
    plan.directory = ""
    return Digest(of: Array(plan.value.description.utf8))
  }

  /// Reads a plan that was kept.
  /// - Throws: `json-syntax`, or `bad-plan` where it is no plan of this version.
  public init(parsing bytes: [UInt8], named name: String) throws(Diagnostic) {
    let document: Document
    do throws(Diagnostic) { document = try Document(bytes, as: .json, named: name) } catch {
      var error = Self.bad("is no saved plan (\(error.message))", name)
      error.hint = "Name a directory, or make a plan with `cfgmigrate plan DIR -o plan.json`"
      throw error
    }
    let object = document.value(of: document.roots[0]).object ?? Object()
    func text(_ key: String) throws(Diagnostic) -> String {
      guard let text = object[key]?.string else { throw Self.bad("has no `\(key)`", name) }
      return text
    }
    func entries(_ key: String) throws(Diagnostic) -> [Entry] {
      guard let list = object[key]?.array else { throw Self.bad("has no `\(key)`", name) }
      var out: [Entry] = []
      for item in list {
        guard let entry = item.object?["name"]?.string,
          let digest = item.object?["digest"]?.string.flatMap({ Digest($0) })
        else { throw Self.bad("has an entry in `\(key)` without a name or a digest", name) }
        out.append(Entry(name: entry, digest: digest))
      }
      return out
    }
    guard object["cfgmigrate_plan"]?.int == 1 else { throw Self.bad("is no plan of this version", name) }
    product = try text("product")
    directory = try text("directory")
    from = try text("from")
    to = try text("to")
    guard let checksum = Digest(try text("product_checksum")) else { throw Self.bad("has a bad checksum", name) }
    productChecksum = checksum
    transformers = try entries("transformers")
    schemas = try entries("schemas")
    inputs = try entries("inputs")
    outputs = try entries("outputs")
  }

  private static func bad(_ problem: String, _ name: String) -> Diagnostic {
    Diagnostic(
      .badPlan, "the file \(problem)", at: SourcePlace(file: name, line: 1, column: 1),
      hint: "Make a plan with `cfgmigrate plan DIR -o plan.json`")
  }
}

extension Diagnostic.Code {
  /// A file that is to be a saved plan and is none.
  public static let badPlan: Self = "bad-plan"
}
