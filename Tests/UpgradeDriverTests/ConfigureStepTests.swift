import ConfigDocument
import ConfigStore
import TestSupport
import Testing
import UpgradeContracts
import UpgradePipeline

@Suite struct ConfigureStepTests {
  private static let registry = "registry: \(Repository.root)/transformers"

  @Test func `a configuration step keeps its promises`() throws {
    let scenario = DriverScenario()
    try scenario.copy("samples/job-platform/2.1", to: "config")
    try UpgradeStepContract(
      step: try scenario.step("configure: {directory: config, \(Self.registry)}"), context: try scenario.context(),
      fingerprint: { try scenario.contents(of: "config") }
    ).check()
  }

  @Test func `several directories go there and back together`() throws {
    let scenario = DriverScenario()
    for name in ["a", "b"] { try scenario.copy("samples/job-platform/2.1", to: name) }
    let step = try scenario.step("configure: {directories: [a, b], \(Self.registry)}")
    try UpgradeStepContract(
      step: step, context: try scenario.context(),
      fingerprint: { try scenario.contents(of: "a") + scenario.contents(of: "b") }
    ).check()
  }

  @Test func `a step that was cut off between two directories is completed`() throws {
    let scenario = DriverScenario()
    for name in ["a", "b"] { try scenario.copy("samples/job-platform/2.1", to: name) }
    let context = try scenario.context()
    let both = try scenario.step("configure: {directories: [a, b], \(Self.registry)}")
    let captured = try both.capture(context)
    let before = try scenario.contents(of: "b")
    _ = try scenario.step("configure: {directory: a, \(Self.registry)}").apply(StepToken(run: "r", step: "it"), context)
    #expect(try both.probe(context) == .partial(evidence: "b is 2.1.0", isCompletable: true))
    _ = try both.apply(StepToken(run: "r", step: "it"), context)
    #expect(try both.probe(context) == .applied)
    _ = try both.undo(captured, context)
    #expect(try scenario.contents(of: "a") == before)
    #expect(try scenario.contents(of: "b") == before)
  }

  @Test func `files of other formats go back as they were`() throws {
    let scenario = DriverScenario()
    try scenario.copy("samples/job-platform/2.1", to: "config")
    for name in ["default", "prod", "stag", "dev"] {
      scenario.scratch.write("config/settings/\(name).py", "DEBUG = \(name == "dev" ? "True" : "False")\n")
    }
    let context = try scenario.context()
    let step = try scenario.step("configure: {directory: config, \(Self.registry), keep: ['settings/*.py']}")
    let before = try scenario.contents(of: "config")
    let captured = try step.capture(context)
    _ = try step.apply(StepToken(run: "r", step: "it"), context)
    // What a deployment does to them meanwhile.
    scenario.scratch.write("config/settings/prod.py", "DEBUG = True\n")
    scenario.scratch.write("config/settings/new.py", "NEW = 1\n")
    scenario.scratch.remove("config/settings/stag.py")
    _ = try step.undo(captured, context)
    #expect(try scenario.contents(of: "config") == before)
  }

  @Test func `a configuration that lives elsewhere is fetched, transformed and put back`() throws {
    let scenario = DriverScenario()
    try scenario.copy("samples/job-platform/2.1", to: "live")
    let live = scenario.scratch.absolute("live")
    let step = try scenario.step(
      "configure: {\(Self.registry), export: {run: [sh, -c, 'cp -r \(live)/. {dir}']}, import: {run: [sh, -c, 'rm -rf \(live) && cp -r {dir} \(live) && rm -rf \(live)/.cfgmigrate']}}"
    )
    try UpgradeStepContract(
      step: step, context: try scenario.context(), fingerprint: { try scenario.contents(of: "live") }
    ).check()
  }

  @Test func `what somebody changes where the configuration lives is never overwritten`() throws {
    let scenario = DriverScenario()
    try scenario.copy("samples/job-platform/2.1", to: "live")
    let live = scenario.scratch.absolute("live")
    // What is put back is kept in other words there.
    let step = try scenario.step(
      "configure: {from: 2.1.0, \(Self.registry), export: {run: [sh, -c, 'cp -r \(live)/. {dir}']}, import: {run: [sh, -c, 'cp -r {dir}/. \(live) && echo \"# read\" >> \(live)/platform.yaml && echo put >> puts']}}"
    )
    let context = try scenario.context()
    let before = try scenario.contents(of: "live")
    func edit(_ text: String) throws {
      scenario.scratch.write("live/platform.yaml", try #require(scenario.scratch.read("live/platform.yaml")) + text)
    }
    let token = StepToken(run: "r", step: "it")
    let captured = try step.capture(context)
    _ = try step.undo(captured, context)
    #expect(scenario.scratch.read("puts") == nil, "what is as it was is left alone")

    try edit("# somebody\n")
    #expect(try #require(throws: Diagnostic.self) { try step.apply(token, context) }.code == .drift)
    #expect(scenario.scratch.read("puts") == nil)
    let text = try #require(scenario.scratch.read("live/platform.yaml"))
    scenario.scratch.write("live/platform.yaml", text.replacing("# somebody\n", with: ""))
    #expect(try scenario.contents(of: "live") == before)

    #expect(try step.probe(context) == .notApplied)
    _ = try step.apply(token, context)
    _ = try step.apply(token, context)
    #expect(try step.probe(context) == .applied, "the version of before is named")
    try step.verify(context)
    try edit("# somebody\n")
    #expect(try #require(throws: Diagnostic.self) { try step.undo(captured, context) }.code == .drift)
    #expect(scenario.scratch.read("live/platform.yaml")?.hasSuffix("# somebody\n") == true)
    scenario.scratch.write("live/platform.yaml", text.replacing("# somebody\n", with: ""))
    _ = try step.undo(captured, context)
    #expect(scenario.scratch.read("live/platform.yaml")?.hasPrefix(text.replacing("# somebody\n", with: "")) == true)
  }

  @Test func `a change of the directory changes what a run is bound to`() throws {
    let scenario = DriverScenario()
    try scenario.copy("samples/job-platform/2.1", to: "config")
    let step = try scenario.step("configure: {directory: config, \(Self.registry)}")
    let context = try scenario.context()
    let first = try step.plan(context).fingerprint
    #expect(first != nil)
    #expect(try step.plan(context).fingerprint == first)
    let text = try #require(scenario.scratch.read("config/platform.yaml"))
    scenario.scratch.write("config/platform.yaml", "# edited\n" + text)
    #expect(try step.plan(context).fingerprint != first)
  }

  @Test func `a configuration that has no effect in time is a failure`() throws {
    let scenario = DriverScenario()
    try scenario.copy("samples/job-platform/2.1", to: "config")
    let step = try scenario.step(
      "configure: {directory: config, \(Self.registry), took-effect: {run: [echo, 2.1.0], contains: 2.2.0, within: 1ms, interval: 1ms}}"
    )
    let context = try scenario.context()
    _ = try step.apply(StepToken(run: "r", step: "it"), context)
    let error = try #require(throws: Diagnostic.self) { try step.verify(context) }
    #expect(error.code == .notTakenEffect)
  }

  @Test func `a rehearsal leaves the directory alone`() throws {
    let scenario = DriverScenario()
    try scenario.copy("samples/job-platform/2.1", to: "config")
    let before = try scenario.contents(of: "config")
    let step = try scenario.step("configure: {directory: config, \(Self.registry)}")
    #expect(try step.rehearse(try scenario.context()) != nil)
    #expect(try scenario.contents(of: "config") == before)
  }

  @Test func `a ConfigMap is read and replaced by kubectl`() throws {
    let scenario = DriverScenario()
    // kubectl's side is a file; what is asked of it is what a cluster would be asked.
    scenario.scratch.write(
      "kubectl",
      """
      #!/bin/sh
      echo "$@" >> "${0%/*}/calls"
      case "$*" in
        *get*) cat "${0%/*}/map.json" ;;
        *replace*) cat > "${0%/*}/map.json" ;;
      esac
      """, executable: true)
    scenario.scratch.write(
      "map.json",
      "{\"kind\": \"ConfigMap\", \"metadata\": {\"name\": \"platform\", \"resourceVersion\": \"7\"}, \"data\": {\"app.yaml\": \"version: \\\"1.0\\\" # kept\\nname: shop\\n\"}}"
    )
    scenario.scratch.write(
      "registry/shop/product.yaml",
      "product: shop\nversions: {scheme: semver, at: \"app.yaml#/version\"}\nfiles: [{path: app.yaml, layer: base}]\n"
    )
    scenario.scratch.write(
      "registry/shop/1.0-to-2.0.yaml",
      "transformer: 1\nproduct: shop\nfrom: \"1.0\"\nto: \"2.0\"\nsummary: x\noperations:\n  - move: {from: /name, to: /title}\n"
    )
    let registry = scenario.scratch.absolute("registry")
    var context = try scenario.context()
    context.programs = PathRunner(scenario.scratch.path)
    let step: any UpgradeStep
    do {
      step = try scenario.step(
        "configure: {product: shop, to: \"2.0\", registry: \(registry), export: {config-map: platform, namespace: prod}, import: {config-map: platform, namespace: prod}}"
      )
    }
    try UpgradeStepContract(
      step: step, context: context, fingerprint: { scenario.scratch.read("map.json") ?? "" }
    ).check()
    #expect(scenario.scratch.read("calls")?.contains("--namespace prod get configmap platform -o json") == true)
  }
}

/// Finds programs in one directory first.
private struct PathRunner: CommandRunner {
  let directory: String
  init(_ directory: String) { self.directory = directory }

  func run(_ command: Command, isStopped: () -> Bool) throws(Diagnostic) -> CommandResult {
    var command = command
    command.variables["PATH"] = "\(directory):/usr/bin:/bin"
    return try LocalCommandRunner().run(command, isStopped: isStopped)
  }
}
