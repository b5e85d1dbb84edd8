import ConfigDocument

extension Explanation {
  func countWords(_ index: Int, _ isFew: Bool, _ minimum: Int, _ maximum: Int, _ noun: String) -> FaultWords {
    let count = Int(tree.nodes[index].count)
    let words = isFew ? "at least \(Wording.count(minimum, noun))" : "at most \(Wording.count(maximum, noun))"
    let expected = maximum == 0 ? "no \(noun)s" : words
    return FaultWords("\(prefix(index))expected \(expected), found \(count == 0 ? "none" : String(count))")
  }

  func containsWords(_ fault: Fault, _ found: Int) -> FaultWords {
    let checks = program.arrays[Int(fault.record.array)]
    let isFew = found < checks.minContains
    let form =
      formName(checks.contains, number: nil).map { " that is \($0)" } ?? " of the kind that the schema asks for"
    let limit = isFew ? "at least \(checks.minContains)" : "at most \(checks.maxContains)"
    let words = "expected \(limit) item\(isFew && checks.minContains == 1 ? "" : "s")\(form)"
    return FaultWords(
      "\(prefix(fault.index))\(words), found \(found == 0 ? "none" : isFew ? String(found) : "more")")
  }

  func duplicateWords(_ first: Int, _ second: Int) -> FaultWords {
    let value = isSecret(second) ? "" : ": \(Wording.value(second, in: tree))"
    return FaultWords("\(subject(second)) repeats item \(ordinal(of: first))\(value)", hint: "Remove one of the two")
  }

  func ordinal(of item: Int) -> Int { (Int(tree.pointer(to: item).tokens.last ?? "") ?? 0) + 1 }

  func missingWords(_ missing: Fault.MissingKeys, _ fault: Fault) -> FaultWords {
    let keys = missing.keys
    var words = FaultWords(
      "\(subject(fault.index)) lacks the key\(keys.count == 1 ? "" : "s") \(Wording.names(keys))")
    guard let known = knownMembers(missing.all, fault.record) else { return words }
    let isCertain = !known.contains(where: \.isDefault)
    if !missing.isJoined {
      words.hint = Self.advice(known)
      words.repair = isCertain ? .addMembers(known.map(\.member)) : nil
    } else if isCertain {
      // Advice with a default in it would speak of the key that was meant, too.
      let rest = known.filter { known in keys.contains { $0.utf8.elementsEqual(known.member.key.utf8) } }
      words.hint = Self.advice(rest)
      words.repair = .addMembers(rest.map(\.member))
    }
    return words
  }

  /// What to add, and which of it is but the schema's default.
  private static func advice(_ known: [KnownMember]) -> String {
    let words = known.map { "`\($0.member.key): \($0.member.value)`\($0.isDefault ? ", the default" : "")" }
    return "Add \(Wording.list(words, "and"))"
  }

  func dependentWords(_ number: Int, _ missing: [String]) -> FaultWords {
    let name = text(program.dependents[number].name.text)
    return FaultWords(
      "`\(name)` demands the key\(missing.count == 1 ? "" : "s") \(Wording.names(missing)), "
        + (missing.count == 1 ? "which is missing" : "which are missing"))
  }

  func unknownKeyWords(_ unknown: Fault.UnknownKey, _ member: Int) -> FaultWords {
    let key = tree.string(tree.nodes[member].key)
    let place = unknown.object == 0 ? "" : " in \(subject(unknown.object))"
    var words = FaultWords("unknown key `\(key)`\(place)")
    if let (meant, missing) = unknown.meant {
      words.hint = "did you mean `\(meant)`, which is missing?"
      words.repair = SpellingSuggestion.onlyClosest(to: key, among: missing).map(Repair.renameKey)
    }
    return words
  }
}
