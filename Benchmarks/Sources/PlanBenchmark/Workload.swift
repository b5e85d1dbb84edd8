import ConfigDocument
import ConfigMigration
import ConfigSchema

/// A product, 2,000 files of it, and a chain of 20 edges.
struct Workload {
  /// Which files an edge changes.
  enum Reach: String, CaseIterable {
    /// Each its own twentieth: over the chain every file changes once, and every operation looks at every file.
    case twentieth = "each edge changes a twentieth of the files"
    /// All of them: every file changes 20 times.
    case all = "each edge changes every file"
  }

  static let edges = 20
  static let services = 2_000

  let product: Product
  let files: [(path: String, bytes: [UInt8])]
  let schema: Schema
  let transformers: [Transformer]

  init(_ reach: Reach) throws {
    let product = try Product(
      Document(
        Array(
          """
          product: bench
          versions: {scheme: integer, at: main.yaml#/version}
          files:
            - {path: main.yaml, layer: base}
            - {path: "services.d/{name}.yaml", layer: fragment, at: /services}
          schemas: "{version}.json"
          """.utf8), as: .yaml, named: "product.yaml"))
    self.product = product
    files =
      [("main.yaml", Array("version: 1\nservices: {}\n".utf8))]
      + (0..<Self.services).map { ("services.d/service-\($0).yaml", Self.service($0)) }
    transformers = try (1...Self.edges).map { version in
      let text = Self.transformer(version, reach)
      return try Transformer(Document(Array(text.utf8), as: .yaml, named: "\(version).yaml"), product: product)
    }
    schema = try Schema.compile([
      "properties": [
        "services": [
          "additionalProperties": [
            "type": "object", "required": ["image"], "properties": ["image": ["type": "string"]],
            "additionalProperties": ["type": ["object", "integer"], "properties": ["replicas": ["type": "integer"]]],
          ]
        ]
      ]
    ])
  }

  /// The service's feature is what one of the edges renames.
  private static func service(_ index: Int) -> [UInt8] {
    var text =
      "# Owned by team \(index % 40).\nservice-\(index):\n  image: \"registry.example.com/team/service:1.2.\(index)\"\n"
    text += "  feature-\(index % edges + 1): {enabled: true}   # since March\n"
    for part in 1...12 {
      text +=
        "  part-\(part):   # what it needs\n    replicas: 3\n    timeout-1: 30s\n    resources: {cpu: 500m, memory: 512Mi}\n"
      text +=
        "    env:\n      - name: LOG_LEVEL\n        value: info\n      - name: REGION\n        value: eu-west-\(index % 3)\n"
    }
    return Array(text.utf8)
  }

  private static func transformer(_ version: Int, _ reach: Reach) -> String {
    let head = """
      transformer: 1
      product: bench
      from: \(version)
      to: \(version + 1)
      summary: edge \(version)
      operations:

      """
    switch reach {
    case .twentieth:
      return head + """
          - rename: {path: "/services/*/feature-\(version)", to: capability-\(version)}
          - map: {path: "/services/*/part-\(version)/replicas", values: {none: 0}, otherwise: keep}
          - set: {path: "/services/*/capability-\(version)/enabled", value: false}

        """
    case .all:
      return head + """
          - rename: {path: "/services/*/part-1/timeout-\(version)", to: timeout-\(version + 1)}
          - default: {path: "/services/*/generation-\(version)", value: \(version)}
          - set: {path: "/services/*/part-2/replicas", value: \(version + 3)}

        """
    }
  }
}
