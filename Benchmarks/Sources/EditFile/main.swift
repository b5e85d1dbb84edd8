import Baseline
import ConfigDocument
import Glibc

// EditFile write IN OUT [POINTER TEXT]   reads a file, sets one value where a pointer is given, writes it
// EditFile events IN                     libyaml's event loop alone: the yardstick of YAML
// EditFile load IN                       jansson alone: the yardstick of JSON

func fail(_ message: String) -> Never {
  let line = Array((message + "\n").utf8)
  _ = line.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
  exit(1)
}

func read(_ path: String) -> [UInt8] {
  guard let file = fopen(path, "r") else { fail("\(path) cannot be read") }
  defer { fclose(file) }
  var status = stat()
  fstat(fileno(file), &status)
  return [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { buffer, count in
    count = fread(buffer.baseAddress, 1, buffer.count, file)
  }
}

func write(_ bytes: [UInt8], to path: String) {
  guard let file = fopen(path, "w") else { fail("\(path) cannot be written") }
  defer { fclose(file) }
  fwrite(bytes, 1, bytes.count, file)
}

let arguments = Array(CommandLine.arguments.dropFirst())
guard arguments.count >= 2 else { fail("usage: EditFile write IN OUT [POINTER TEXT] | events IN | load IN") }
let bytes = read(arguments[1])

switch arguments[0] {
case "events":
  let counts = bytes.withUnsafeBufferPointer { baseline_yaml_events($0.baseAddress, $0.count) }
  if counts.events < 0 { fail("libyaml rejects it") }
case "load":
  let status = bytes.withUnsafeBufferPointer { buffer in
    buffer.withMemoryRebound(to: CChar.self) { baseline_json_load($0.baseAddress, $0.count) }
  }
  if status != 0 { fail("jansson rejects it") }
case "write" where arguments.count >= 3:
  do {
    let format: DocumentFormat = arguments[1].hasSuffix(".json") ? .json : .yaml
    var document = try Document(bytes, as: format, named: arguments[1])
    if arguments.count == 5 {
      guard let pointer = Pointer(parsing: arguments[3]), let node = document.node(at: pointer) else {
        fail("there is no \(arguments[3])")
      }
      try document.set(node, to: .string(arguments[4]))
    }
    write(try document.render().bytes, to: arguments[2])
  } catch {
    fail("\(error)")
  }
default: fail("unknown work: \(arguments[0])")
}
