import ConfigDocument

/// All that is wrong with a document, in the order of the document.
///
/// What is wrong and where was found before this exists; each fault is put into words when it is asked for. Who counts them, or
/// reads the first, pays for no others; who reads them more than once makes an array of them.
public struct Violations: RandomAccessCollection {
  let program: Program
  let tree: ValueTree
  let hides: ((Pointer) -> Bool)?
  /// The nodes that the schema calls secrets.
  let secrets: [Int]
  let faults: [Fault]

  public var startIndex: Int { 0 }
  public var endIndex: Int { faults.count }

  /// Complexity: O(depth × siblings) for the pointers, and for an unknown key O(known keys) for the one that was meant.
  public subscript(position: Int) -> Violation { told(CollectionOfOne(faults[position]))[0] }

  func told(_ faults: some Sequence<Fault>) -> [Violation] {
    var explanation = Explanation(program, tree, hides: hides)
    explanation.secrets = secrets
    return withExtendedLifetime(tree) { faults.map { explanation.violation(of: $0) } }
  }
}
