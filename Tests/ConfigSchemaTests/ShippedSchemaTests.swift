import ConfigDocument
import ConfigSchema
import Foundation
import TestSupport
import Testing

/// The schemas that this package ships.
struct ShippedSchemaTests {
  static let files: [String] = {
    let root = URL(filePath: Repository.root + "/schemas")
    let all = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    return (all?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "json" }.map(\.path).sorted()
  }()

  @Test(arguments: files)
  func `it follows its meta-schema and compiles`(_ path: String) throws {
    let document = try Document(Array(try Data(contentsOf: URL(filePath: path))), as: .json, named: path)
    let tree = try ValueTree(document)
    let draft = try Schema.compile(["$ref": .string(SchemaDraft.draft2020.metaSchema)])
    let faults = tree.diagnostics(for: draft.validate(tree)) { origin, _ in document.place(of: origin.node) }
    #expect(faults == [])
    _ = try Schema.compile(tree, place: { origin, _ in document.place(of: origin.node) })
  }

  @Test func `there are schemas to check`() { #expect(!Self.files.isEmpty) }
}
