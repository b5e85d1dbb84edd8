package import ConfigDocument

/// Reads one JSON text, with the parser that reads the users' own files.
/// - Parameter name: The file's name, to show in messages.
package func readJSON(_ bytes: [UInt8], named name: String) throws(Diagnostic) -> Value {
  let document = try Document(bytes, as: .json, named: name)
  guard let root = document.roots.first else {
    throw Diagnostic(.stateDamaged, "\(name) is empty", hint: "Restore it from a backup of the machine")
  }
  return document.value(of: root)
}
