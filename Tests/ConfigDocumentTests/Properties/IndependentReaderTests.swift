import ConfigDocument
import DocumentLaws
import Foundation
import TestSupport
import Testing

/// PyYAML's C loader sees the data that the edits meant. Not run where python3 or PyYAML is missing.
@Suite struct IndependentReaderTests {
  /// Reads texts, each as one line of hexadecimal digits, and prints their scalars and structure, aliases expanded.
  private static let script = """
    import sys, yaml
    def dump(node):
        if isinstance(node, yaml.ScalarNode):
            if node.tag == 'tag:yaml.org,2002:null':
                return 's;'
            return 's' + node.value.encode('utf-8', 'surrogatepass').hex() + ';'
        if isinstance(node, yaml.SequenceNode):
            return '[' + ''.join(dump(item) for item in node.value) + ']'
        return '{' + ''.join(dump(key) + dump(value) for key, value in node.value) + '}'
    for line in sys.stdin:
        text = bytes.fromhex(line.strip())
        try:
            print(''.join('-' + dump(node) for node in yaml.compose_all(text, yaml.CLoader) if node is not None))
        except RecursionError:
            print('recursive')
        except Exception as error:
            print('error ' + type(error).__name__)
    """

  @Test func `PyYAML reads what the edits meant`() throws {
    var inputs: [String] = []
    var expected: [String] = []
    var seed: UInt64 = 1_000_000
    while inputs.count < 500 * Suites.scale {
      seed += 1
      var random = SplitMix(seed: seed)
      var texts = YAMLTexts(seed: seed)
      guard let document = try? Document(texts.text(), as: .yaml, named: "text") else { continue }
      var pair = EditedPair(document)
      _ = try? pair.apply(RandomEdit(&random))
      guard let bytes = try? pair.document.render().bytes else { continue }
      inputs.append(bytes.map { String(format: "%02x", $0) }.joined())
      let dumps = pair.document.roots.map { "-" + Self.dump($0, pair.document, depth: 0) }
      expected.append(dumps.joined())
    }
    guard let output = Self.python(inputs.joined(separator: "\n") + "\n") else {
      return print("not run: python3 with PyYAML's C loader is missing")
    }
    let lines = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var compared = 0
    for (index, line) in lines.enumerated() where index < expected.count && line != "recursive" {
      // PyYAML takes no anchor twice.
      if line == "error ComposerError", inputs[index].split(separator: "26").count > 2 { continue }
      compared += 1
      #expect(line == expected[index], "\(inputs[index])")
    }
    #expect(compared > 400)
    print("PyYAML: \(compared) edited texts read alike")
  }

  private static func dump(_ node: NodeID, _ document: Document, depth: Int) -> String {
    guard depth < 100 else { return "" }
    let node = document.resolved(node)
    switch document.kind(of: node) {
    case .mapping:
      return "{"
        + document.entries(of: node).map {
          dump($0.key, document, depth: depth + 1) + dump($0.value, document, depth: depth + 1)
        }.joined() + "}"
    case .sequence: return "[" + document.items(of: node).map { dump($0, document, depth: depth + 1) }.joined() + "]"
    default:
      let written = document.text(of: node) ?? ""
      // `! null` is text to YAML 1.2, and null to PyYAML.
      let isBang = document.tag(of: node) == "!"
      let isNull = document.value(of: node) == .null || isBang && ["~", "null"].contains(written)
      let text = isNull ? "" : written
      return "s" + Array(text.utf8).map { String(format: "%02x", $0) }.joined() + ";"
    }
  }

  /// The script's output for `input`; nil where it cannot run.
  private static func python(_ input: String) -> String? {
    let folder = FileManager.default.temporaryDirectory
    let file = folder.appendingPathComponent("laws-\(UUID().uuidString).txt")
    defer { try? FileManager.default.removeItem(at: file) }
    guard (try? Data(input.utf8).write(to: file)) != nil, let handle = try? FileHandle(forReadingFrom: file) else {
      return nil
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    process.standardInput = handle
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: data, as: UTF8.self) : nil
  }
}
