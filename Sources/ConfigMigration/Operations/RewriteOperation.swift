package import ConfigDocument

/// `rewrite`: changes text by a PCRE2 pattern, at every match.
package struct RewriteOperation: OperationBody {
  package var path: AddressPattern
  package var replacement: TextPattern.Replacement

  package var sources: [AddressPattern] { [path] }

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    path = try fields.address("path")
    replacement = try Self.replacement(&fields)
    // The way back has the same fields; it is read now, so that a fault in it is found before it is needed.
    if let node = fields.optional("reverse") {
      var reverse = try FieldReader(node, of: fields.document, subject: "`reverse`")
      _ = try Self.replacement(&reverse)
      try reverse.finish()
    }
  }

  private static func replacement(_ fields: inout FieldReader) throws(Diagnostic) -> TextPattern.Replacement {
    let match = try fields.text("match")
    let pattern = try TextPattern(match, at: fields.document.place(of: fields.required("match")))
    let with = try fields.text("with")
    return try TextPattern.Replacement(pattern, with: with, at: fields.document.place(of: fields.required("with")))
  }

  package func run(as operation: Operation, on set: inout WorkingSet, in scope: Scope) throws(Diagnostic) -> Int {
    try set.changeValues(at: path, as: Work(operation, in: scope)) { value throws(Diagnostic) in
      guard let text = value.string, let new = try replacement.apply(to: text) else { return .keep }
      return .replace(.string(new))
    }
  }
}
