import ConfigDocument
import ConfigSchema

extension TransformerLint {
  /// `unanswered-default`: a default differs between the two schemas, so that a set which relied on the old one changes its
  /// meaning without a word. A `pin_default`, another operation on the place, or a `note` that points at it is an
  /// answer. `wrong-default`: `pin_default` or `drop_default` says another default than the schema.
  func defaults() -> [Diagnostic] {
    guard let source, let target else { return [] }
    let (old, new) = (source.outline, target.outline)
    return wrongDefaults(old: old, new: new) + unansweredDefaults(old: old, new: new)
  }

  private func unansweredDefaults(old: SchemaOutline, new: SchemaOutline) -> [Diagnostic] {
    old.entries.compactMap { entry in
      guard let before = entry.defaultValue else { return nil }
      let place = moved(entry.path)
      guard let after = new[place]?.defaultValue, after != before else { return nil }
      if isAnswered(entry.path) || isAnswered(place) { return nil }
      let address = SchemaOutline.text(place)
      return Diagnostic(
        .unansweredDefault,
        "the default of `\(address)` is \(before.short) in \(transformer.from) and \(after.short) in \(transformer.to), and nothing answers that",
        at: transformer.place,
        hint:
          "keep the old behaviour with `pin_default: {path: \(address), value: \(before.short)}`, or tell the operator with a `note` that has `path: \(address)`"
      )
    }
  }

  /// Where an entry is after the moves and renames of the transformer.
  private func moved(_ path: [SchemaOutline.Token]) -> [SchemaOutline.Token] {
    var path = path
    for step in flow.steps where step.operation.name == "move" || step.operation.name == "rename" {
      guard let from = step.footprint.takes.first, let to = step.footprint.makes.first else { continue }
      let prefix = from.outlineTokens
      guard path.count >= prefix.count, path.prefix(prefix.count).elementsEqual(prefix) else { continue }
      path = to.outlineTokens + path.dropFirst(prefix.count)
    }
    return path
  }

  private func isAnswered(_ path: [SchemaOutline.Token]) -> Bool {
    flow.steps.contains { step in
      // That it moves with its place, and what it was is still not said.
      if ["move", "rename", "require", "each", "prune"].contains(step.operation.name) { return false }
      return step.addresses.contains { address in
        let tokens = address.outlineTokens
        let isAbove = path.starts(with: tokens, by: { $0 == $1 || $1 == .any })
        // A note speaks of all that is below its place; an operation on a container may not mean this member.
        return isAbove && (tokens.count == path.count || step.operation.name == "note" || address.hasDeepWildcard)
      }
    }
  }

  private func wrongDefaults(old: SchemaOutline, new: SchemaOutline) -> [Diagnostic] {
    flow.steps.compactMap { step in
      guard let value = step.operation.fields.object?["value"], let address = step.addresses.first else { return nil }
      let (outline, version): (SchemaOutline, String)
      switch step.operation.name {
      case "pin_default": (outline, version) = (old, transformer.from.label)
      case "drop_default": (outline, version) = (new, transformer.to.label)
      default: return nil
      }
      guard let known = outline[address.outlineTokens]?.defaultValue, known != value else { return nil }
      return Diagnostic(
        .wrongDefault, "the default of `\(address)` in \(version) is \(known.short), and not \(value.short)",
        at: step.operation.place, hint: "write `value: \(known.short)`")
    }
  }
}

extension Value {
  /// The value in a message, cut where it is long.
  fileprivate var short: String {
    let text = description
    return text.unicodeScalars.count <= 40 ? text : String(text.prefix(37)) + "…"
  }
}
