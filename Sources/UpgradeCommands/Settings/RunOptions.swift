internal import ArgumentParser

/// How a run is shown and what it does at an approval: `--events`, `--no-wait`, `--wait`.
struct RunOptions: ParsableArguments {
  @Flag(help: "Print each record of the journal as a line of JSON, as it comes.")
  var events = false

  @Flag(help: "Stop at a step that waits for approval, and do not wait for it.")
  var noWait = false

  @Option(help: ArgumentHelp("Wait this long while another process runs the upgrade.", valueName: "seconds"))
  var wait: Double = 0

  var patience: Int { Int(max(0, min(wait, 86_400)) * 1_000) }
}
