extension DocumentFormat {
  /// The format that a file's name says; nil where it says none.
  package init?(pathOf path: String) {
    let name = path.utf8.split(separator: UInt8(ascii: "/")).last ?? path.utf8[...]
    guard let dot = name.lastIndex(of: UInt8(ascii: ".")) else { return nil }
    switch String(Substring(name[name.index(after: dot)...])).lowercased() {
    case "yaml", "yml": self = .yaml
    case "json": self = .json
    case "jsonc": self = .jsonc
    default: return nil
    }
  }
}
