import ConfigDocument
import ConfigSchema
import Foundation
import TestSupport
import Testing

/// The official suite's annotations: what is told of which value, by which subschema.
@Suite(.enabled(if: OfficialSuite.isPresent, "the JSON Schema test suite is not there; set CFGMIGRATE_SUITES"))
struct AnnotationSuiteTests {
  @Test(arguments: SchemaDraft.allCases)
  func `every assertion of the official suite holds`(_ draft: SchemaDraft) throws {
    var counts: [String: (held: Int, all: Int)] = [:]
    for file in try OfficialSuite.files(in: OfficialSuite.root.appending(path: "annotations/tests")) {
      for group in try OfficialSuite.read(file).object?["suite"]?.array ?? [] {
        guard let group = group.object, Self.isMeant(draft, by: group["compatibility"]?.string) else { continue }
        var options = Schema.Options()
        options.draft = draft
        let schema = try Schema.compile(try #require(group["schema"]), options: options)
        for test in group["tests"]?.array?.compactMap(\.object) ?? [] {
          let annotations = schema.annotations(of: ValueTree(try #require(test["instance"])))
          for assertion in test["assertions"]?.array?.compactMap(\.object) ?? [] {
            let isHeld = try Self.holds(assertion, of: annotations)
            #expect(isHeld, "\(file.lastPathComponent): \(group["description"]?.string ?? "")")
            counts[file.lastPathComponent, default: (0, 0)].all += 1
            if isHeld { counts[file.lastPathComponent]?.held += 1 }
          }
        }
      }
    }
    for (file, count) in counts.sorted(by: { $0.key < $1.key }) {
      print("annotations, \(OfficialSuite.folder(draft)): \(file) \(count.held) of \(count.all)")
    }
    #expect(counts.values.reduce(0) { $0 + $1.all } > 10)
  }

  static func holds(_ assertion: Object, of annotations: [Annotation]) throws -> Bool {
    let (location, keyword) = (try #require(assertion["location"]?.string), assertion["keyword"]?.string)
    var found: [String: Value] = [:]
    for annotation in annotations where annotation.keyword == keyword && annotation.instance.description == location {
      let fragment = try #require(annotation.schema.split(separator: "#", omittingEmptySubsequences: false).last)
      found["#\(fragment)"] = annotation.value
    }
    var expected: [String: Value] = [:]
    for (place, value) in assertion["expected"]?.object?.members ?? [] {
      expected[place.removingPercentEncoding ?? place] = value
    }
    return found == expected
  }

  /// `"6,<=2019"`: at least draft 6 and at most 2019-09.
  static func isMeant(_ draft: SchemaDraft, by compatibility: String?) -> Bool {
    (compatibility ?? "").split(separator: ",").allSatisfy { demand in
      guard let number = Int(demand.filter(\.isNumber)) else { return true }
      if demand.hasPrefix("<=") { return draft.rawValue <= number }
      return demand.hasPrefix("=") ? draft.rawValue == number : draft.rawValue >= number
    }
  }
}
