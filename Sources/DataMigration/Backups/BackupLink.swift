internal import ConfigDocument
package import ConfigStore

/// The place of a server's copy among others: it is a whole one, or what has changed since another.
package struct BackupLink: Hashable, Sendable {
  /// The copy that an increment begins behind.
  package struct Predecessor: Hashable, Sendable {
    /// The name of its directory, beside this one.
    package var name: String
    package var digest: Digest
  }

  /// nil where this is a whole one.
  package var predecessor: Predecessor?
  /// How many increments there are, up to this one.
  package var number: Int
  /// Where it ends, as the server says it.
  package var position: String
  /// Why it is a whole one where an increment was wanted.
  package var reason: String?

  var value: Value {
    var object = Object()
    object["number"] = .number(Number(number))
    object["position"] = .string(position)
    if let predecessor {
      object["previous"] = .string(predecessor.name)
      object["previous_digest"] = .string("\(predecessor.digest)")
    }
    object["reason"] = reason.map { .string($0) }
    return .object(object)
  }
}

extension BackupLink {
  /// - Returns: nil for what is no link.
  init?(_ value: Value) {
    guard let object = value.object, let number = object["number"]?.int, let position = object["position"]?.string
    else { return nil }
    var predecessor: Predecessor?
    if let name = object["previous"]?.string {
      guard let digest = object["previous_digest"]?.string.flatMap({ Digest($0) }) else { return nil }
      predecessor = Predecessor(name: name, digest: digest)
    }
    guard (predecessor == nil) == (number == 0) else { return nil }
    self.init(predecessor: predecessor, number: number, position: position, reason: object["reason"]?.string)
  }
}
