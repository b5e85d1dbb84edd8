package import ConfigDocument

/// A run of generated cases.
package struct PropertyRun {
  package private(set) var tally = LawCase.Tally()
  package private(set) var breaches: [(seed: UInt64, case: LawCase, breach: LawCase.Breach)] = []

  package init() {}

  /// One text, and several lists of edits of it. The seed names all of them.
  package mutating func run(_ format: DocumentFormat, seed: UInt64, lists: Int) {
    guard let (document, cases) = Self.cases(format, seed: seed, lists: lists) else {
      tally.rejected += 1
      return
    }
    for law in cases {
      do throws(LawCase.Breach) { try law.check(document, &tally) } catch {
        breaches.append((seed, law, error))
      }
    }
  }

  /// The cases of a seed; nil where its text is none that is read.
  package static func cases(
    _ format: DocumentFormat, seed: UInt64, lists: Int
  ) -> (document: Document, cases: [LawCase])? {
    var random = SplitMix(seed: seed &+ 77)
    var text: [UInt8]
    if format == .yaml {
      var texts = YAMLTexts(seed: seed)
      text = texts.text()
    } else {
      var texts = JSONTexts(seed: seed, allowsComments: format == .jsonc)
      text = texts.text()
    }
    guard let document = try? Document(text, as: format, named: "text") else { return nil }
    let cases = (0..<lists).map { _ in
      let count = random.pick([1, 1, 1, 2, 2, 4])
      return LawCase(text: text, format: format, edits: (0..<count).map { _ in RandomEdit(&random) })
    }
    return (document, cases)
  }
}
