import ConfigDocument
import ConfigStore
import TestSupport
import Testing
import UpgradeContracts
import UpgradeDrivers
import UpgradePipeline

@Suite struct ProbeTests {
  @Test func `a command gate keeps its promises`() throws {
    let scenario = DriverScenario()
    GateContract(context: try scenario.context()).check(
      passing: try scenario.gate("run: [echo, fine]"), failing: try scenario.gate("run: [sh, -c, 'echo bad; exit 1']"),
      unanswerable: try scenario.gate("run: [./missing]"))
  }

  @Test func `a web gate and a web check keep their promises`() throws {
    let scenario = DriverScenario()
    let server = try WebServer()
    let dead = "http://127.0.0.1:1/"
    GateContract(context: try scenario.context()).check(
      passing: try scenario.gate("http: {url: \"\(server.url)\", contains: healthy}"),
      failing: try scenario.gate("http: {url: \"\(server.url)\", contains: sick}"),
      unanswerable: try scenario.gate("http: {url: \"\(dead)\", timeout: 2s}"))
    PreflightContract(context: try scenario.context()).check(
      passing: try scenario.check("http: {url: \"\(server.url)\"}"),
      failing: try scenario.check("http: {url: \"\(server.url)missing\"}"),
      unanswerable: try scenario.check("http: {url: \"\(dead)\", timeout: 2s}"))
    PreflightContract(context: try scenario.context()).check(
      passing: try scenario.check("clock: {url: \"\(server.url)\", off-by: 60s}"),
      failing: try scenario.check("http: {url: \"\(server.url)\", contains: sick}"),
      unanswerable: try scenario.check("clock: {url: \"\(dead)\"}"))
  }

  @Test func `checks keep their promises`() throws {
    let scenario = DriverScenario()
    scenario.scratch.write("backups/new.dump", "data")
    scenario.scratch.write("requirements.txt", "requests>=2.20,<3\nDjango ~= 3.2.1 # pinned\nPyYAML\n")
    scenario.scratch.write("good.txt", "requests==2.31.0\ndjango==3.2.25\npyyaml==6.0\n")
    scenario.scratch.write("bad.txt", "requests==3.0\nDjango==3.3\n")
    let contract = PreflightContract(context: try scenario.context())
    contract.check(
      passing: try scenario.check("version: {command: [echo, Python 3.11.2], at-least: \"3.8\"}"),
      failing: try scenario.check("version: {command: [echo, Python 2.7.18], at-least: \"3.8\"}"),
      unanswerable: try scenario.check("version: {command: [./missing], at-least: \"3.8\"}"))
    contract.check(
      passing: try scenario.check("version: {command: [echo, '10.11.6-MariaDB'], at-least: \"5.7\", better: \"8.0\"}"),
      failing: try scenario.check("version: {command: [echo, '5.7.44'], at-least: \"5.7\", better: \"8.0\"}"),
      unanswerable: try scenario.check("version: {command: [echo, nothing], at-least: \"5.7\"}"))
    contract.check(
      passing: try scenario.check("packages: {required: requirements.txt, installed: [cat, good.txt]}"),
      failing: try scenario.check("packages: {required: requirements.txt, installed: [cat, bad.txt]}"),
      unanswerable: try scenario.check("packages: {required: missing.txt, installed: [cat, good.txt]}"))
    contract.check(
      passing: try scenario.check("backup: {path: backups, verify: [grep, -q, data, backups/new.dump]}"),
      failing: try scenario.check("backup: {path: backups, verify: [grep, -q, other, backups/new.dump]}"),
      unanswerable: try scenario.check("backup: {path: backups, verify: [./missing]}"))
    contract.check(
      passing: try scenario.check("disk: {path: ., free: 1kB, used-below: 100%}"),
      failing: try scenario.check("disk: {path: ., free: 9000TB}"),
      unanswerable: try scenario.check("disk: {path: ./missing}"))
    contract.check(
      passing: try scenario.check("memory: {free: 1kB, used-below: 100%}"),
      failing: try scenario.check("memory: {free: 9000TB}"), unanswerable: nil)
    contract.check(
      passing: try scenario.check("writable: [backups]"), failing: try scenario.check("writable: [missing]"),
      unanswerable: nil)
    contract.check(
      passing: try scenario.check("run: [echo, fine]"), failing: try scenario.check("run: [sh, -c, exit 2]"),
      unanswerable: try scenario.check("run: [sh, -c, exit 9]"))
  }

  @Test func `a version is found by a pattern`() throws {
    let scenario = DriverScenario()
    let said = "{\"name\": \"es-1.0\", \"version\": {\"number\" : \"7.10.2\"}}"
    let check = try scenario.check(
      "version: {command: [echo, '\(said)'], pattern: '\"number\" *: *\"([0-9.]+)', at-least: \"7.10\"}")
    #expect(check.run(try scenario.context()).found == "7.10.2")
    let error = try #require(throws: Diagnostic.self) {
      try scenario.check("version: {command: [echo], pattern: '(', at-least: \"7\"}")
    }
    #expect(error.code == .badValue)
  }

  @Test func `requirements with includes, conditions, hashes and addresses`() throws {
    let scenario = DriverScenario()
    scenario.scratch.write(
      "requirements.txt",
      """
      -r requirements/base.txt
      Django==3.2.25 \\
          --hash=sha256:aa \\
          --hash=sha256:bb   # pinned
      dataclasses>=0.8; python_version < "3.7"
      pkg @ https://example.com/pkg.zip#egg=pkg

      """)
    scenario.scratch.write("requirements/base.txt", "celery[redis]>=5.2,<6\n")
    func result(_ installed: String) throws -> PreflightResult {
      scenario.scratch.write("installed.txt", installed)
      return try scenario.check("packages: {required: requirements.txt, installed: [cat, installed.txt]}")
        .run(try scenario.context())
    }
    let found = try result("celery==5.3.1\ndjango==3.2.25\n")
    #expect(found.verdict == .warn)
    #expect(
      found.found
        == "4 packages fit; not decided: pkg @ https://example.com/pkg.zip#egg=pkg, dataclasses, if python_version < \"3.7\""
        || found.found.hasPrefix("3 packages fit; not decided: pkg @ https://example.com/pkg.zip#egg=pkg, dataclasses"))
    #expect(try result("celery==6.0\ndjango==3.2.25\ndataclasses==0.7\n").verdict == .fail)
  }

  @Test func `Python is asked for its packages without pip`() throws {
    let scenario = DriverScenario()
    scenario.scratch.write(
      "site/shop_tools-2.1.dist-info/METADATA", "Metadata-Version: 2.1\nName: Shop_Tools\nVersion: 2.1\n")
    scenario.scratch.write(
      "python", "#!/bin/sh\nPYTHONPATH=${0%/*}/site exec /usr/bin/python3 \"$@\"\n", executable: true)
    scenario.scratch.write("good.txt", "shop-tools>=2\n")
    scenario.scratch.write("bad.txt", "shop.tools>=3\n")
    PreflightContract(context: try scenario.context()).check(
      passing: try scenario.check("packages: {required: good.txt, python: ./python}"),
      failing: try scenario.check("packages: {required: bad.txt, python: ./python}"),
      unanswerable: try scenario.check("packages: {required: good.txt, python: ./snake}"))
  }

  @Test func `the backups of a configuration set are read`() throws {
    let scenario = DriverScenario()
    try scenario.copy("samples/job-platform/2.1", to: "config")
    try scenario.copy("samples/job-platform/2.1", to: "other")
    try scenario.copy("samples/job-platform/2.1", to: "damaged")
    for name in ["config", "damaged"] {
      let step = try scenario.step("configure: {directory: \(name), registry: \(Repository.root)/transformers}")
      _ = try step.apply(StepToken(run: "r", step: "it"), try scenario.context())
    }
    let contract = PreflightContract(context: try scenario.context())
    contract.check(
      passing: try scenario.check("backup: {set: config}"), failing: try scenario.check("backup: {set: other}"),
      unanswerable: try scenario.check("backup: {set: nowhere}"))
    let damage = Command(
      ["sh", "-c", "for file in damaged/.cfgmigrate/backups/*; do printf x >> $file; done"], in: scenario.scratch.path)
    _ = try LocalCommandRunner().run(damage)
    #expect(try scenario.check("backup: {set: damaged}").run(try scenario.context()).verdict == .fail)
  }

  @Test(arguments: [
    ("Python 3.11.2", "3.11.2"), ("mysqld  Ver 8.0.36 for Linux", "8.0.36"), ("v20.1", "20.1"), ("release 7", "7"),
    ("PostgreSQL 15.5 (Debian 15.5-0+deb12u1)", "15.5"),
  ])
  func `versions are found in what programs say`(said: String, found: String) {
    #expect(VersionNumber(firstIn: said)?.text == found)
  }

  @Test func `versions are compared by their numbers`() throws {
    let texts = ["2.9", "2.10", "2.10.1", "3"]
    let numbers = try texts.map { try #require(VersionNumber(firstIn: $0)) }
    #expect(numbers == numbers.sorted())
    #expect(VersionNumber(firstIn: "2.0") == VersionNumber(firstIn: "2"))
  }
}
