import ConfigDocument

extension Explanation {
  func formsAtOnceWords(_ held: [Int], _ fault: Fault) -> FaultWords {
    let forms = formNames(.oneOf, fault.record)
    let names = Wording.list(held.map { forms[$0] }, "and")
    return FaultWords(
      "\(subject(fault.index)) has \(held.count) forms at once, \(names), but may have only one")
  }

  func noFormWords(_ keyword: Fault.FormKeyword, _ nearest: Int, _ near: Fault?, _ fault: Fault) -> FaultWords {
    let forms = formNames(keyword, fault.record)
    return FaultWords(
      "\(subject(fault.index)) has none of the forms that it may have: \(Wording.list(forms, "or"))",
      hint: near.map { "For \(forms[nearest]): \(words(of: $0).message)" })
  }

  func formNames(_ keyword: Fault.FormKeyword, _ record: Subschema) -> [String] {
    forms(keyword, record).enumerated().map { formName($1, number: $0) ?? "form \($0 + 1)" }
  }

  /// What a form is called: by its title, its name among the definitions, a value that tells it, or its type.
  func formName(_ subschema: Int32, number: Int?) -> String? {
    let record = program.subschemas[Int(subschema)]
    let schema = program.documents[Int(record.location.document)]
    let node = Int(record.location.node)
    if let title = schema.text("title", of: node) { return "“\(title)”" }
    let path = schema.pointer(to: node).tokens
    if let name = path.last, let holder = path.dropLast().last, holder == "$defs" || holder == "definitions" {
      return "“\(name)”"
    }
    if let properties = schema.member("properties", of: node) {
      for property in schema.children(of: properties) {
        guard let constant = schema.member("const", of: property) else { continue }
        return "`\(schema.string(schema.nodes[property].key)): \(schema.value(at: constant))`"
      }
    }
    if let required = schema.member("required", of: node), schema.nodes[required].count > 0 {
      return
        "a mapping with \(Wording.names(schema.children(of: required).map { schema.string(schema.nodes[$0].text) }))"
    }
    if record.types != .all { return Wording.list(Wording.types(record.types).map(Wording.type), "or") }
    if record.inPlace >= 0, program.inPlace[Int(record.inPlace)].constant >= 0 {
      return Wording.value(
        schema.value(at: Int(program.constants[Int(program.inPlace[Int(record.inPlace)].constant)].node)))
    }
    return nil
  }
}
