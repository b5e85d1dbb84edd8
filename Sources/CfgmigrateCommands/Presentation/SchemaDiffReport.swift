internal import ConfigDocument
internal import ConfigSchema

/// What `schema diff` prints.
struct SchemaDiffReport {
  let comparison: SchemaComparison
  let old: String
  let new: String
  /// The schema that the witness fails.
  let target: Schema

  var status: ExitStatus {
    switch comparison.verdict {
    case .compatible: .done
    case .incompatible: .invalid
    case .unknown: .failed
    }
  }

  func show(_ terminal: inout Terminal) {
    switch comparison.verdict {
    case .compatible: terminal.print("Compatible: every document that follows \(old) follows \(new).")
    case .incompatible(let witness):
      terminal.print("Incompatible: this document follows \(old), and not \(new):")
      terminal.print()
      terminal.print("  \(String(decoding: witness.jsonLine ?? [], as: UTF8.self))")
      terminal.print()
      for violation in target.validate(ValueTree(witness)) {
        terminal.print("  \(violation.message) [\(violation.code.rawValue)]")
      }
    case .unknown(let keyword, let place):
      terminal.print(
        "Unknown: it was neither proved that every document of \(old) follows \(new), nor was one found that does not.")
      terminal.print("In doubt is `\(keyword)`, at \(place) of \(new).")
    }
    guard !comparison.changes.isEmpty else { return }
    terminal.print()
    for change in comparison.changes { terminal.print("  \(change.mark) \(change.place): \(change.words)") }
  }

  var json: Value {
    var object = Object()
    switch comparison.verdict {
    case .compatible: object["verdict"] = "compatible"
    case .incompatible(let witness):
      object["verdict"] = "incompatible"
      object["witness"] = witness
      object["violations"] = .array(
        target.validate(ValueTree(witness)).map {
          ["code": .string($0.code.rawValue), "at": .string($0.instance.description), "message": .string($0.message)]
        })
    case .unknown(let keyword, let place):
      object["verdict"] = "unknown"
      object["keyword"] = .string(keyword)
      object["at"] = .string(place)
    }
    object["changes"] = .array(
      comparison.changes.map {
        ["kind": .string($0.name), "path": .array($0.path.map(Value.string)), "text": .string($0.words)]
      })
    return .object(object)
  }
}

extension SchemaChange {
  fileprivate var place: String { path.isEmpty ? "the document" : path.joined(separator: ".") }

  fileprivate var mark: String {
    switch kind {
    case .added: "+"
    case .removed: "-"
    default: "~"
    }
  }

  fileprivate var name: String {
    switch kind {
    case .added: "added"
    case .removed: "removed"
    case .renamed: "renamed"
    case .required: "required"
    case .optional: "optional"
    case .types: "types"
    case .values: "values"
    case .defaultValue: "default"
    case .deprecated: "deprecated"
    }
  }

  fileprivate var words: String {
    switch kind {
    case .added(let isRequired): isRequired ? "added, required" : "added"
    case .removed: "removed"
    case .renamed(let name): "renamed to \(name)"
    case .required: "required now"
    case .optional: "no longer required"
    case .types(let old, let new): "\(Self.types(old)) → \(Self.types(new))"
    case .values(let added, let removed):
      ([(removed, "no longer"), (added, "also")].filter { !$0.0.isEmpty }
        .map { values, word in "\(word) \(values.map(\.description).joined(separator: ", "))" }).joined(separator: "; ")
    case .defaultValue(let old, let new):
      "default \(old?.description ?? "none") → \(new?.description ?? "none")"
    case .deprecated: "deprecated now"
    }
  }

  private static func types(_ names: [String]) -> String { names.isEmpty ? "any" : names.joined(separator: " or ") }
}
