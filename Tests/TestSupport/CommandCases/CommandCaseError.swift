/// A case that cannot be read or run, in words.
public struct CommandCaseError: Error, CustomStringConvertible {
  public var description: String
  public init(_ description: String) { self.description = description }
}
