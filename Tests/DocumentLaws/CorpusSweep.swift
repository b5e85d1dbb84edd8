package import ConfigDocument

/// Every single rename, removal, insertion and change of a scalar that there can be in a text, or on a sample of its nodes.
package struct CorpusSweep {
  package private(set) var tally = LawCase.Tally()
  package private(set) var breaches: [(name: String, case: LawCase, breach: LawCase.Breach)] = []

  package init() {}

  /// - Parameter limit: of how many nodes each kind of edit is made, spread over the text; nil for all.
  package mutating func run(_ text: [UInt8], as format: DocumentFormat, named name: String, limit: Int? = nil) {
    guard let document = try? Document(text, as: format, named: name) else {
      tally.rejected += 1
      return
    }
    let pair = EditedPair(document)
    for kind in [RandomEdit.Kind.rename, .remove, .insert, .insertItem, .setScalar] {
      let count = pair.candidates(for: kind).count
      let step = max(1, count / max(1, limit ?? count))
      for number in stride(from: text.count % step, to: count, by: step) {
        // First, in the middle somewhere, and last: the place is taken modulo the number of places.
        let places = kind == .insert || kind == .insertItem ? [0, number, .max / 2] : [0]
        for place in places {
          let law = LawCase(text: text, format: format, edits: [RandomEdit(kind, ofNumber: number, at: place)])
          do throws(LawCase.Breach) { try law.check(document, &tally) } catch { breaches.append((name, law, error)) }
        }
      }
    }
  }
}
