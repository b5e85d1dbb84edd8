import ConfigDocument

/// What is measured, each work a call.
enum Works {
  static func parse(_ text: [UInt8], as format: DocumentFormat = .yaml) -> Document {
    try! Document(text, as: format, named: "big")
  }

  static func parseAndRender(_ text: [UInt8]) {
    precondition(try! parse(text).render().bytes.count == text.count)
  }

  /// Parses, and sets a value in a thousand of the services.
  static func edited(_ text: [UInt8]) -> Document {
    var document = parse(text)
    let services = document.entries(of: document.child("services", of: document.roots[0])!)
    for index in stride(from: 0, to: services.count, by: max(1, services.count / 1000)) {
      try! document.set(document.child("replicas", of: services[index].value)!, to: 5)
    }
    return document
  }
}
