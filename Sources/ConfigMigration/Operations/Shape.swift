package import ConfigDocument

/// What a value is wrapped in: a list of one item, or a mapping of one key.
package enum Shape: Hashable, Sendable {
  case list
  case mapping(key: String)

  package init(reading fields: inout FieldReader) throws(Diagnostic) {
    let node = try fields.required("as")
    let document = fields.document
    switch document.value(of: node) {
    case .string("list"): self = .list
    case .object:
      var inner = try FieldReader(node, of: document, subject: "`as`")
      self = .mapping(key: try inner.text("key"))
      try inner.finish()
    default: throw document.wrongType(node, field: "as", wanted: "`list` or `{key: name}`")
    }
  }
}
