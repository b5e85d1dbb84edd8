internal import ArgumentParser
internal import ConfigStore

/// A run's ID on the command line.
struct RunArgument: ExpressibleByArgument {
  let id: RunID

  init?(argument: String) {
    guard let id = RunID(argument) else { return nil }
    self.id = id
  }
}
