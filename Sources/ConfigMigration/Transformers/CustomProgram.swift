public import ConfigDocument

/// A program that a transformer file names: `custom: {run: [program, …]}`. It reads the JSON of a value on standard
/// input, and writes the JSON of the new one to standard output.
public struct CustomProgram: Hashable, Sendable {
  /// The program and its arguments; never given to a shell.
  public let arguments: [String]
  /// How long it may take for one value.
  public let seconds: Int
  /// The transformer's file, in whose directory it is looked for and runs.
  public let file: String
  public let place: SourcePlace

  package init(_ node: NodeID, of document: Document, field: String, seconds: Int) throws(Diagnostic) {
    arguments = try document.requireTexts(node, field: field)
    self.seconds = seconds
    file = document.name
    place = document.place(of: node)
    guard let first = arguments.first, !first.isEmpty, !arguments.contains(where: { $0.utf8.contains(0) }) else {
      throw Diagnostic(
        .badValue, "`\(field)` names no program", at: place, hint: "write `[program, argument, …]`")
    }
  }

  /// The program and its arguments as a person writes them.
  public var line: String { arguments.joined(separator: " ") }
}

/// Runs the programs of transformers. Planning runs none itself; who plans hands in what does.
public protocol ProgramRunner: Sendable {
  /// Looks for the programs before anything is changed.
  /// - Throws: `program-failed` where one is not there; `program-untrusted`.
  func prepare(_ programs: [CustomProgram]) throws(Diagnostic)

  /// - Throws: `program-failed` where it cannot be started or its output is too long; `program-timeout`.
  func run(_ program: CustomProgram, on value: Value) throws(Diagnostic) -> ProgramResult
}

/// What came of a program and one value.
public enum ProgramResult: Hashable, Sendable {
  case value(Value)
  /// It failed, or its output is no JSON: why, and what it said on standard error, which may hold the value.
  case failed(String, complaint: String)
}
