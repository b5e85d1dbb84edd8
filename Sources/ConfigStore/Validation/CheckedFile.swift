public import ConfigDocument
public import ConfigSchema

/// What came of checking one file.
public struct CheckedFile: Sendable {
  /// The file, as the user named it.
  public var path: String
  /// The file or URI of its schema; nil where none was found, so that only its syntax was checked.
  public var schema: String?
  /// What is wrong with it, and what is to be known, in the order of the file.
  public var findings: [Diagnostic] = []
  /// What kept it from being checked: it cannot be read, or its schema is at fault.
  public var obstacle: Diagnostic?
  /// What the schema says of each document of the file, where that was asked for.
  public var outputs: [OutputUnit] = []
  /// The members that each document lacks and its schema has defaults for, where that was asked for.
  public var defaults: [DefaultValue] = []
  /// How many repairs would be made, where none were asked for.
  public var mendable = 0
  /// What was mended, where that was asked for.
  public var repair: FileRepair?

  public init(path: String) { self.path = path }

  public var hasErrors: Bool { obstacle != nil || findings.contains { $0.severity == .error } }
  /// Whether nothing but the syntax was checked, and that is right.
  public var isUnchecked: Bool { schema == nil && obstacle == nil && findings.isEmpty }
}
