public import ConfigDocument

/// What a file is to the configuration that the application sees.
public enum Layer: Hashable, Sendable {
  /// The configuration itself.
  case base
  /// Overrides parts of the base. The base files that it lies over are named for people; it lies over all of them.
  case overlay(over: String?)
  /// A part of the configuration in a file of its own, put at the address.
  case fragment(at: Pointer)
  /// Says what the set is, and is no part of the configuration: `cfgmigrate.yaml`.
  case record
  /// Every document of the file is a configuration of its own, and so is each item of the list at `items`: manifests,
  /// which have a directory in common and nothing else.
  case standalone(items: Pointer?)

  /// The word that a product file says.
  public var name: String {
    switch self {
    case .base: "base"
    case .overlay: "overlay"
    case .fragment: "fragment"
    case .record: "record"
    case .standalone: "standalone"
    }
  }

  /// The address under which the file's data stands in the configuration.
  package var mount: Pointer {
    if case .fragment(let pointer) = self { pointer } else { Pointer() }
  }
}
