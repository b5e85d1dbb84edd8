import Baseline
import ConfigDocument
import Glibc

/// The texts that are measured.
enum Texts {
  /// A file as people write them: comments, block and flow style, quotes, 24 nodes in 270 bytes.
  static func services(bytes: Int, entry: String = asciiEntry) -> [UInt8] {
    let pieces = entry.split(separator: "%", omittingEmptySubsequences: false).map { Array($0.utf8) }
    var text = Array("services:\n".utf8)
    text.reserveCapacity(bytes + 1024)
    var count = 0
    repeat {
      let number = Array(String(count).utf8)
      for (index, piece) in pieces.enumerated() {
        if index > 0 { text += number }
        text += piece
      }
      count += 1
    } while text.count < bytes
    return text
  }

  static let asciiEntry = """
      service-%:
        # Owned by team %.
        image: "registry.example.com/team/service:1.2.%"
        replicas: 3
        resources: {cpu: 500m, memory: 512Mi}
        env:
          - name: LOG_LEVEL
            value: info   # quiet
          - name: REGION
            value: eu-west-%

    """

  /// The same with comments and values that are not ASCII, so that libyaml's marks are no byte offsets.
  static let unicodeEntry = """
      dienst-%:
        # Gehört Gruppe % — bitte vorher fragen.
        image: "registry.example.com/größe/dienst:1.2.%"
        replicas: 3
        resources: {cpu: 500m, memory: 512Mi}
        env:
          - name: BEGRÜSSUNG
            value: Grüß Gott 👋   # höflich
          - name: REGION
            value: eu-west-%

    """

  /// One mapping of `keys` entries, behind two that have an anchor and its alias.
  static func wide(keys: Int) -> [UInt8] {
    var text = Array("base: &base {a: 1}\nuser: *base\n".utf8)
    for index in 0..<keys { text += Array("key-\(index): value-\(index)\n".utf8) }
    return text
  }

  static func json(items: Int) -> [UInt8] {
    var text = Array("{\"services\": [\n".utf8)
    for index in 0..<items {
      text += Array(
        """
          {"name": "service-\(index)", "replicas": \(index % 9), "cpu": 0.5, "tags": ["a", "b\\n"], "on": true, \
        "note": "a longer text for a value that people read"}
        """.utf8)
      text += Array((index < items - 1 ? ",\n" : "\n").utf8)
    }
    return text + Array("]}\n".utf8)
  }

  /// The YAML files below a directory that libyaml reads; empty where there is none.
  static func files(below directory: String) -> [[UInt8]] {
    guard let listing = opendir(directory) else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted().flatMap { name -> [[UInt8]] in
      let path = directory + "/" + name
      if let bytes = contents(of: path) {
        guard name.hasSuffix(".yaml") || name.hasSuffix(".yml") else { return [] }
        return Yardstick.nodes(of: bytes) > 0 && (try? Document(bytes, as: .yaml, named: name)) != nil ? [bytes] : []
      }
      return files(below: path)
    }
  }

  private static func contents(of path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var status = stat()
    guard fstat(fileno(file), &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
      count = fread(buffer.baseAddress, 1, buffer.count, file)
    }
  }
}

/// What the C libraries do with a text.
enum Yardstick {
  static func events(_ text: [UInt8]) {
    let counts = text.withUnsafeBufferPointer { baseline_yaml_events($0.baseAddress, $0.count) }
    precondition(counts.events > 0, "libyaml rejects the text")
  }

  /// The nodes that a document of the text has; -1 where libyaml rejects it.
  static func nodes(of text: [UInt8]) -> Int {
    text.withUnsafeBufferPointer { baseline_yaml_events($0.baseAddress, $0.count).nodes }
  }

  static func load(json: [UInt8]) {
    json.withUnsafeBufferPointer { buffer in
      buffer.withMemoryRebound(to: CChar.self) {
        precondition(baseline_json_load($0.baseAddress, $0.count) == 0, "jansson rejects the text")
      }
    }
  }
}
