import ConfigDocument

extension Explanation {
  mutating func explainForms(
    _ keyword: Fault.FormKeyword, _ record: Subschema, _ index: Int, into found: inout [Fault]
  ) {
    let forms = forms(keyword, record)
    var held: [Int] = []
    for number in forms.indices where validity.accepts(forms[number], index) {
      if keyword == .anyOf { return }
      held.append(number)
    }
    if held.count == 1 { return }
    if held.count > 1 {
      found.append(Fault(.formsAtOnce(held), at: index, by: record))
      return
    }
    let judgesType = judgesType(forms, index)
    var branches: [FormChoice.Branch] = []
    branches.reserveCapacity(forms.count)
    for number in forms.indices {
      if judgesType, !mayHaveType(forms[number], index) { continue }
      var branch = FormChoice.Branch(number: number)
      explain(forms[number], index, into: &branch.faults)
      branches.append(branch)
    }
    choose(FormChoice(branches: branches, node: max(index, ~index)), keyword, record, index, into: &found)
  }

  /// The subschemas that the keyword lists.
  func forms(_ keyword: Fault.FormKeyword, _ record: Subschema) -> Table<Int32> {
    let checks = program.inPlace[Int(record.inPlace)]
    return Table(rebasing: program.lists[(keyword == .anyOf ? checks.anyOf : checks.oneOf).indices])
  }

  /// Whether only forms of the node's type can be meant: where it is a list or a mapping and some are for that.
  private func judgesType(_ forms: Table<Int32>, _ index: Int) -> Bool {
    let kind = validity.kind(index)
    guard kind == .array || kind == .object, !program.knowsSecrets else { return false }
    return forms.contains { mayHaveType($0, index) }
  }

  private func mayHaveType(_ form: Int32, _ index: Int) -> Bool {
    !program.judged[Int(form)].types.isDisjoint(with: TypeSet(validity.kind(index)))
  }

  private func choose(
    _ choice: FormChoice, _ keyword: Fault.FormKeyword, _ record: Subschema, _ index: Int, into found: inout [Fault]
  ) {
    switch verdict(of: choice) {
    case .faults(let faults): found += faults
    case .types(let types):
      found.append(Fault(.types(types, keyword, cost: leastCost(of: choice)), at: index, by: record))
    case .alternatives(let values, let others):
      found.append(Fault(.alternatives(values, or: others, keyword), at: index, by: record))
    case .values(let values, let node):
      found.append(Fault(.alternatives(values, or: [], keyword), at: node, by: record))
    case .oneOfKeys(let keys): found.append(Fault(.missingOneOf(keys, keyword), at: index, by: record))
    case .undecided(let near):
      let kind = Fault.Kind.noForm(
        keyword, nearest: near.number, by: near.faults.first, cost: leastCost(of: choice))
      found.append(Fault(kind, at: index, by: record))
    }
  }
}
