import ConfigDocument
import ConfigSchema
import ConfigStore
import Foundation
import TestSupport
import Testing

private enum PublishedSchemas {
  static let root = Suites.path + "/schemastore"
  static var arePresent: Bool { FileManager.default.fileExists(atPath: root + "/negative_test") }
}

/// What `--fix` does to published negative files: each repair is one edit, and everything else stays.
@Suite(.enabled(if: PublishedSchemas.arePresent, "schemastore is not there; set CFGMIGRATE_SUITES"))
struct FileRepairTests {
  private static let root = PublishedSchemas.root

  /// A share of the schemas that have negative files; all of them takes minutes without optimisation.
  static let names: [String] = {
    let all = ((try? FileManager.default.contentsOfDirectory(atPath: root + "/negative_test")) ?? []).sorted()
    let isLong = ProcessInfo.processInfo.environment["CFGMIGRATE_LONG_TESTS"] != nil
    return all.enumerated().filter { isLong || $0.offset % 5 == 0 }.map(\.element)
  }()

  @Test func `what is mended is mended once, and leaves the rest as it is`() throws {
    let library = SchemaLibrary(directories: [Self.root + "/schemas"])
    let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("mend-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: scratch) }
    var (files, mended, made) = (0, 0, 0)
    for name in Self.names {
      var check = FileCheck(library: library)
      check.schema = SchemaReference("\(Self.root)/schemas/\(name).json")
      let folder = "\(Self.root)/negative_test/\(name)"
      for file in try FileSelection([folder]).paths {
        check.repairs = false
        let before = try check.check([file])[0]
        guard before.obstacle == nil else { continue }
        files += 1
        check.repairs = true
        let after = try check.check([file])[0]
        guard let repair = after.repair else {
          #expect(before.mendable == 0, "\(file): a repair was promised and not made")
          continue
        }
        mended += 1
        made += repair.made.count
        #expect(repair.made.count == before.mendable, "\(file): another number of repairs was promised")
        let target = scratch + "/" + (file.split(separator: "/").last ?? "file")
        try StandaloneFile(target).write(repair.bytes)
        let again = try check.check([target])[0]
        #expect(again.repair == nil, "\(file): mending goes on")
        #expect(again.findings.map(\.message) == after.findings.map(\.message), "\(file): what is left differs")
        Self.expectLines(of: repair, file)
      }
    }
    print("repairs: \(made) in \(mended) of \(files) negative files of \(Self.names.count) schemas")
    #expect(mended > 0)
  }

  /// No more lines differ than were edited, and comment lines are all there.
  static func expectLines(of repair: FileRepair, _ file: String) {
    func lines(_ bytes: [UInt8]) -> [String] {
      String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    let (old, new) = (lines(repair.source), lines(repair.bytes))
    let lost = old.difference(from: new).insertions.count
    #expect(lost <= repair.made.count, "\(file): \(lost) lines changed by \(repair.made.count) repairs")
    func comments(_ lines: [String]) -> [Substring] {
      lines.map { $0.drop { $0 == " " } }.filter { $0.hasPrefix("#") }
    }
    #expect(comments(old) == comments(new), "\(file): a comment was touched")
  }
}
