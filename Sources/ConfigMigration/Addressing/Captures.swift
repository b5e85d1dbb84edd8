/// What the `{name}` parts of an address stand for in one match, in the order in which they were bound.
public struct Captures: Hashable, Sendable {
  public private(set) var bindings: [Binding] = []

  public struct Binding: Hashable, Sendable {
    public var name: String
    public var value: String

    public init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  public init() {}

  public subscript(name: String) -> String? {
    bindings.first { $0.name.utf8.elementsEqual(name.utf8) }?.value
  }

  public var isEmpty: Bool { bindings.isEmpty }
  package var names: [String] { bindings.map(\.name) }

  /// Binds `name`, or compares with what it is bound to.
  /// - Returns: nil where the name stands for something else already.
  package func binding(_ name: String, to value: String) -> Captures? {
    if let bound = self[name] { return bound.utf8.elementsEqual(value.utf8) ? self : nil }
    var copy = self
    copy.bindings.append(Binding(name: name, value: value))
    return copy
  }

  /// Whether no name stands for two things in the two.
  package func agree(with other: Captures) -> Bool {
    bindings.allSatisfy { binding in other[binding.name].map { $0.utf8.elementsEqual(binding.value.utf8) } ?? true }
  }
}
