import ConfigDocument
import DocumentLaws
import Foundation
import TestSupport
import Testing

/// Every real file of the corpus, with every kind of edit on a sample of its nodes.
@Suite struct CorpusTests {
  static let files: [String] = {
    let manager = FileManager.default
    return ["yaml", "json", "jsonc"].flatMap { folder in
      let root = Suites.path + "/corpus/" + folder
      return ((try? manager.contentsOfDirectory(atPath: root)) ?? []).sorted().map { root + "/" + $0 }
    }
  }()

  enum Edit: CaseIterable {
    case set, setMap, remove, rename, insertLast, insertFirst, insertSorted, insertItem, insertBefore, insertAfter
    case moveToRoot, moveFirst
  }

  /// Above this a file is edited by the plain test only: the laws look at every node for every edit.
  private static let largest = 16_384

  @Test(arguments: 0..<4) func `every kind of edit holds every law, in every variant of a file`(_ part: Int) throws {
    guard !Self.files.isEmpty else {
      print("not run: no corpus at \(Suites.path); set CFGMIGRATE_SUITES to the public test data")
      return
    }
    var tally = LawCase.Tally()
    var (large, failures) = (0, 0)
    for (index, file) in Self.files.enumerated() where index % 4 == part {
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
      let format: DocumentFormat = file.contains("/yaml/") ? .yaml : file.contains("/jsonc/") ? .jsonc : .json
      guard bytes.count <= Self.largest else {
        large += 1
        continue
      }
      let marked = FileVariant.marked(bytes, as: format)
      // All kinds of edits on the file itself, and some of them on one variant; the long run takes them all.
      let variants = Suites.scale > 1 ? FileVariant.allCases : [.asIs, FileVariant.allCases[1 + index / 4 % 5]]
      for variant in variants {
        guard let text = variant.text(of: marked, as: format),
          let document = try? Document(text, as: format, named: file)
        else { continue }
        var random = SplitMix(seed: UInt64(index))
        let kinds =
          variant == .asIs ? RandomEdit.Kind.allCases : (0..<3).map { _ in random.pick(RandomEdit.Kind.allCases) }
        var lists = kinds.flatMap { kind in (0..<Suites.scale).map { _ in [RandomEdit(&random, kind: kind)] } }
        lists.append([RandomEdit(&random, kind: .rename), RandomEdit(&random, kind: .insert)])
        for edits in lists {
          let law = LawCase(text: text, format: format, edits: edits)
          do throws(LawCase.Breach) { try law.check(document, &tally) } catch {
            failures += 1
            if failures <= 5 {
              Issue.record("\(file) as \(variant): law “\(error.law)”\n\(edits)\n\(error.detail.prefix(4_000))")
            }
          }
        }
      }
    }
    print(
      """
      corpus, part \(part): \(tally.cases) cases, \(tally.edits) edits, \(tally.refused.values.reduce(0, +)) refused, \
      \(tally.renames) renamed and back, \(tally.commutations) pairs commuted, \(large) files above 16 KB left to the other test
      """)
    #expect(failures == 0)
  }

  /// The long run makes more of them, and `laws sweep` all.
  @Test func `single edits of a sample of nodes hold every law`() throws {
    guard !Self.files.isEmpty else {
      print("not run: no corpus at \(Suites.path); set CFGMIGRATE_SUITES to the public test data")
      return
    }
    var sweep = CorpusSweep()
    for (index, file) in Self.files.enumerated() where index % 4 == 0 || Suites.scale > 1 {
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
      guard bytes.count <= Self.largest else { continue }
      let format: DocumentFormat = file.contains("/yaml/") ? .yaml : file.contains("/jsonc/") ? .jsonc : .json
      sweep.run(FileVariant.marked(bytes, as: format), as: format, named: file, limit: Suites.scale)
    }
    print("sweep: \(sweep.tally.cases) single edits, \(sweep.tally.refused.values.reduce(0, +)) refused")
    for (name, law, breach) in sweep.breaches.prefix(5) {
      Issue.record("\(name): law “\(breach.law)”\n\(law.edits)\n\(breach.detail.prefix(4_000))")
    }
    #expect(sweep.breaches.isEmpty)
    #expect(sweep.tally.cases > 500)
  }

  @Test func `edits of real files hold the laws`() throws {
    guard !Self.files.isEmpty else {
      print("not run: no corpus at \(Suites.path); set CFGMIGRATE_SUITES to the public test data")
      return
    }
    var (parsed, rejected, edits, refused) = (0, 0, 0, 0)
    var failures: [String] = []
    for file in Self.files {
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
      let format: DocumentFormat = file.contains("/yaml/") ? .yaml : file.contains("/jsonc/") ? .jsonc : .json
      guard let document = try? Document(bytes, as: format, named: file) else {
        rejected += 1
        continue
      }
      parsed += 1
      if try document.render().bytes != bytes { failures.append("\(file): no edit is a change") }
      var random = SplitMix(seed: UInt64(bytes.count))
      let nodes = document.allNodes()
      for edit in Edit.allCases {
        for _ in 0..<Suites.scale {
          guard let node = nodes.randomElement(using: &random) else { continue }
          var copy = document
          do throws(Diagnostic) {
            guard try Self.apply(edit, to: node, in: &copy) else { continue }
            let rendering = try copy.render()
            edits += 1
            Self.checkGaps(rendering, bytes, file: file, edit: edit, failures: &failures)
          } catch {
            if error.code == .editRefused {
              refused += 1
            } else {
              failures.append("\(file) \(edit) \(document.pointer(to: node)): \(error)")
            }
          }
        }
      }
    }
    print(
      "corpus: \(parsed) files read, \(rejected) rejected, \(edits) edits, \(refused) refused, \(failures.count) failures"
    )
    for failure in failures.prefix(60) { print(failure) }
    #expect(failures.isEmpty)
  }

  /// What stands between two changes is the source's bytes.
  static func checkGaps(
    _ rendering: Rendering, _ source: [UInt8], file: String, edit: Edit, failures: inout [String]
  ) {
    var (old, new) = (0, 0)
    for change in rendering.changes {
      if source[old..<change.source.lowerBound] != rendering.bytes[new..<change.replacement.lowerBound] {
        failures.append("\(file) \(edit): bytes outside the changes differ")
      }
      (old, new) = (change.source.upperBound, change.replacement.upperBound)
    }
    if source[old...] != rendering.bytes[new...] { failures.append("\(file) \(edit): the tail differs") }
  }

  /// - Returns: false where the edit does not apply to the node.
  static func apply(_ edit: Edit, to node: NodeID, in document: inout Document) throws(Diagnostic) -> Bool {
    let kind = document.kind(of: node)
    switch edit {
    case .set: try document.set(node, to: "changed: value")
    case .setMap: try document.set(node, to: ["x": ["y": [1, "two"]]])
    case .remove:
      guard document.parent(of: node) != nil else { return false }
      try document.remove(node)
    case .rename:
      guard document.key(of: node) != nil else { return false }
      try document.rename(node, to: "renamed-key")
    case .insertLast, .insertFirst, .insertSorted:
      guard kind == .mapping else { return false }
      let position: Position = edit == .insertLast ? .last : edit == .insertFirst ? .first : .sorted
      try document.insert(["x": [1]], forKey: "inserted", into: node, at: position, comment: "Why.")
    case .insertItem:
      guard kind == .sequence else { return false }
      try document.insert(["x": "y"], into: node)
    case .insertBefore, .insertAfter:
      guard let parent = document.parent(of: node) else { return false }
      let position: Position = edit == .insertBefore ? .before(node) : .after(node)
      if document.kind(of: parent) == .mapping {
        try document.insert("a\nb\n", forKey: "inserted", into: parent, at: position)
      } else {
        try document.insert("new", into: parent, at: position)
      }
    case .moveFirst:
      guard let parent = document.parent(of: node), document.kind(of: parent) == .sequence else { return false }
      try document.move(node, into: parent, at: .first)
    case .moveToRoot:
      let root = document.roots[0]
      guard document.kind(of: root) == .mapping, document.parent(of: node) != nil else { return false }
      try document.move(node, toKey: "moved-here", in: root)
    }
    return true
  }
}

extension Document {
  /// Every value of the first document of the stream.
  func allNodes() -> [NodeID] {
    var out: [NodeID] = []
    var open = Array(roots.prefix(1))
    while let node = open.popLast() {
      out.append(node)
      switch kind(of: node) {
      case .mapping: open += entries(of: node).map(\.value)
      case .sequence: open += items(of: node)
      default: break
      }
    }
    return out
  }
}
