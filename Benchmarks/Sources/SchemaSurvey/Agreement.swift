import ConfigDocument
import ConfigSchema
import Foundation

/// Prints schemas, documents and what is said of them, for another validator to say the same or not:
/// a line `S`, a tab, the schema's name; then lines of `1`, `0` or `?` (no verdict), a tab and a document.
enum Agreement {
  static func run(_ store: SchemaStore, suites: URL, count: Int) {
    let schemas = store.schemas.keys.sorted().compactMap { name in (try? store.compile(name)).map { (name, $0) } }
    let share = max(1, count / max(1, schemas.count))
    for (name, schema) in schemas {
      write("S\t\(name)\n")
      let real = documents(of: name, suites)
      var mutation = Mutation(seed: 1)
      var generator = InstanceGenerator(schema, seed: 5)
      var lines: [UInt8] = []
      for value in real { append(value, schema, to: &lines) }
      for round in real.count..<max(share, real.count) {
        var value: Value
        if !real.isEmpty, round % 2 == 0 {
          value = real[round / 2 % real.count]
        } else {
          guard let drawn = generator.next() else { break }
          value = drawn
        }
        // One in eight stays as it is.
        if round % 8 != 7 { for _ in 0...round % 3 { value = mutation.mutated(value) } }
        append(value, schema, to: &lines)
        if lines.count > 1 << 20 {
          FileHandle.standardOutput.write(Data(lines))
          lines = []
        }
      }
      FileHandle.standardOutput.write(Data(lines))
    }
  }

  private static func append(_ value: Value, _ schema: Schema, to lines: inout [UInt8]) {
    guard let text = value.jsonLine else { return }
    let verdict = try? schema.isValid(ValueTree(value))
    lines.append(UInt8(ascii: verdict.map { $0 ? "1" : "0" } ?? "?"))
    lines.append(UInt8(ascii: "\t"))
    lines += text
    lines.append(UInt8(ascii: "\n"))
  }

  private static func write(_ text: String) { FileHandle.standardOutput.write(Data(text.utf8)) }

  static func documents(of name: String, _ suites: URL) -> [Value] {
    ["test", "negative_test"].flatMap { part -> [Value] in
      let folder = suites.appending(path: "schemastore/\(part)/\(name)")
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      return names.sorted().flatMap { file -> [Value] in
        let format: DocumentFormat? =
          file.hasSuffix("json") ? .jsonc : file.hasSuffix("yaml") || file.hasSuffix("yml") ? .yaml : nil
        guard let format, let data = try? Data(contentsOf: folder.appending(path: file)), data.count < 20_000,
          let document = try? Document(Array(data), as: format, named: file)
        else { return [] }
        return document.roots.map { document.value(of: $0) }
      }
    }
  }
}
