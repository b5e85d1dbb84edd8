import Foundation
import TestSupport
import Testing

@Suite struct FloorTests {
  @Test func `imports go down only`() {
    #expect(SourceFile.all.count > 10, "the sources were not found")
    for file in SourceFile.all {
      guard let allowed = Floors.allowed(for: file.module) else {
        Issue.record("\(file.path): the module \(file.module) is not in the table of floors")
        continue
      }
      for found in file.imports where !allowed.contains(found.module) {
        Issue.record("\(file.path):\(found.line): \(file.module) may not import \(found.module)")
      }
    }
  }

  @Test func `no shipping target imports Foundation`() {
    for file in SourceFile.all {
      for found in file.imports where found.module.hasPrefix("Foundation") {
        Issue.record("\(file.path):\(found.line): \(found.module) makes the binary four times as large")
      }
    }
  }

  @Test func `each C module is imported privately by one file`() {
    for module in Floors.cModules.sorted() {
      let users = SourceFile.all.filter { file in file.imports.contains { $0.module == module } }
      if users.count > 1 {
        Issue.record("\(module) is imported by \(users.map(\.path).joined(separator: ", "))")
      }
      for file in users {
        for found in file.imports where found.module == module && !found.isPrivate {
          Issue.record("\(file.path):\(found.line): write 'private import \(module)'")
        }
      }
    }
  }

  @Test func `the table of floors, its description and the folders agree`() throws {
    let table = Floors.table.map(\.module)
    let folders = try FileManager.default.contentsOfDirectory(atPath: Repository.root + "/Sources")
    #expect(Set(folders).subtracting(Floors.cModules) == Set(table))

    let design = try String(contentsOfFile: Repository.root + "/docs/design.md", encoding: .utf8)
    let described = design.split(separator: "\n").compactMap { line -> String? in
      let cells = line.split(separator: "|", omittingEmptySubsequences: false)
      guard cells.count == 5, cells[1].hasPrefix(" `"), cells[1].hasSuffix("` ") else { return nil }
      return String(cells[1].dropFirst(2).dropLast(2))
    }
    #expect(described == table)
  }
}
