import ConfigDocument

extension Registry {
  /// Two chains of which nothing says that they are equivalent; nil where all are, or there is but one.
  func ambiguity(of paths: [[Transformer]], from version: Version) -> ([Transformer], [Transformer])? {
    for (index, path) in paths.enumerated() {
      for other in paths[..<index] where !areEquivalent(other, path, from: version) { return (other, path) }
    }
    return nil
  }

  /// Whether the product promises that the stretches in which the two chains differ give the same result.
  private func areEquivalent(_ one: [Transformer], _ other: [Transformer], from version: Version) -> Bool {
    var (a, b) = (one[...], other[...])
    var start = version
    while let first = a.first, first.id == b.first?.id {
      start = first.to
      a = a.dropFirst()
      b = b.dropFirst()
    }
    while let last = a.last, last.id == b.last?.id {
      a = a.dropLast()
      b = b.dropLast()
    }
    guard let end = a.last?.to, end == b.last?.to else { return false }
    return product.versions.equivalences.contains { $0.from.contains(start) && $0.to == end }
  }

  /// The chains that an equivalence speaks of.
  package func chains(of equivalence: Product.Equivalence) -> [[Transformer]] {
    chains(from: equivalence.from.lowest, to: equivalence.to)
  }
}
