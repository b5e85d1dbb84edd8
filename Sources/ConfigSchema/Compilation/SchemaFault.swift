import ConfigDocument

/// A fault of a schema, at a node of it. The compiler throws it; ``Schema`` makes it a diagnostic with its place.
struct SchemaFault: Error {
  var code: Diagnostic.Code
  var message: String
  var hint: String?
  var location: SchemaLocation?

  init(_ code: Diagnostic.Code, _ message: String, at location: SchemaLocation?, hint: String? = nil) {
    self.code = code
    self.message = message
    self.location = location
    self.hint = hint
  }
}
