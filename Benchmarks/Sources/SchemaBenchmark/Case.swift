import ConfigDocument
import ConfigSchema
import Foundation

/// A published schema with real files that follow it.
struct Case: Sendable {
  var name: String
  /// The schema's file among SchemaStore's.
  var schema: String
  /// Where in it the files' own schema stands; the root where this is nil.
  var definition: String?
  /// Which files of the corpus, by the name they had in their repository.
  var isInstance: @Sendable (_ path: String) -> Bool
  /// Which of them, by what they hold.
  var holds: @Sendable (Value) -> Bool = { _ in true }

  static let all = [
    Case(name: "github-workflow", schema: "github-workflow") {
      $0.hasPrefix(".github/workflows/") && ($0.hasSuffix(".yml") || $0.hasSuffix(".yaml"))
    },
    Case(name: "compose", schema: "compose-spec") { path in
      ["compose.yaml", "compose.yml"].contains { path.hasSuffix($0) }
    },
    Case(
      name: "kubernetes", schema: "kubernetes-definitions", definition: "io.k8s.api.apps.v1.Deployment",
      isInstance: { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") },
      holds: { $0.object?["kind"] == "Deployment" && $0.object?["apiVersion"] == "apps/v1" }),
    Case(name: "kustomization", schema: "kustomization") { $0.hasSuffix("kustomization.yaml") },
    Case(name: "tsconfig", schema: "tsconfig") { path in
      path.split(separator: "/").last.map { $0.hasPrefix("tsconfig") && $0.hasSuffix(".json") } ?? false
    },
  ]

  /// The schema as it is compared: where a definition is meant, a reference to it stands at the root.
  func written(in suites: URL) throws -> Value {
    let file = suites.appending(path: "schemastore/schemas/\(schema).json")
    let value = try Document(Array(Data(contentsOf: file)), as: .json, named: schema).values[0]
    guard let definition, var object = value.object else { return value }
    object["$ref"] = .string("#/definitions/\(definition)")
    return .object(object)
  }

  /// The files of the corpus and of SchemaStore that hold documents of this kind.
  func documents(in suites: URL) throws -> [Value] {
    var files: [URL] = []
    let corpus = suites.appending(path: "corpus")
    let origins = try String(contentsOf: corpus.appending(path: "ORIGIN.tsv"), encoding: .utf8)
    for line in origins.split(separator: "\n").dropFirst() {
      let fields = line.split(separator: "\t").map(String.init)
      if fields.count > 4, isInstance(fields[4]) { files.append(corpus.appending(path: "\(fields[0])/\(fields[1])")) }
    }
    let tests = suites.appending(path: "schemastore/test/\(schema)")
    for name in ((try? FileManager.default.contentsOfDirectory(atPath: tests.path)) ?? []).sorted() {
      files.append(tests.appending(path: name))
    }
    return files.flatMap { file -> [Value] in
      guard let data = try? Data(contentsOf: file) else { return [] }
      let format: DocumentFormat = file.pathExtension == "json" ? .jsonc : .yaml
      return (try? Document(Array(data), as: format, named: file.path))?.values.filter(holds) ?? []
    }
  }
}

extension Document {
  var values: [Value] { roots.map { value(of: $0) } }
}
