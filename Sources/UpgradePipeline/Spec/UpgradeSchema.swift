package import ConfigDocument
internal import ConfigSchema
internal import ConfigStore

/// The JSON Schema of a spec, carried by the program.
package enum UpgradeSchema {
  /// schemas/upgrade/upgrade.schema.json, as it was when the program was built.
  package static var bytes: [UInt8] { PackageResources.upgrade_schema_json }

  /// What the schema finds in a spec, each at its line.
  package static func findings(in document: Document) throws(Diagnostic) -> [Diagnostic] {
    SchemaFindings(of: try ValueTree(document), in: document, by: try compiled.get()).diagnostics
  }

  private static let compiled = Result { () throws(Diagnostic) in
    let document = try Document(bytes, as: .json, named: "upgrade.schema.json")
    return try Schema.compile(try ValueTree(document))
  }
}
