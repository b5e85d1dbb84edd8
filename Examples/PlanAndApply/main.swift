import ConfigStore

// PlanAndApply DIRECTORY VERSION REGISTRY
let words = CommandLine.arguments
do {
  let directory = try ConfigurationDirectory(
    words[1], products: ProductPath(registries: [words[3]]),
    environment: .current(tool: "deploy 1.0", command: "deploy"))

  let plan = try directory.plan(to: words[2])
  print(String(decoding: plan.diff, as: UTF8.self))
  for warning in plan.warnings { print(warning) }

  if let record = try directory.apply(plan) {
    print("\(record.files.count) files are new; the way back: rollback(\(record.run))")
  }
} catch {
  // One line: file:line:column, what is wrong, and a stable code.
  print(error)
}
