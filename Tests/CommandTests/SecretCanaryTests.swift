import ArgumentParser
import CfgmigrateCommands
import TestSupport
import Testing

/// Secrets are planted wherever a set may hold one; then every command is run in every form, and nothing that it prints
/// may hold one.
@Suite struct SecretCanaryTests {
  /// In every planted secret but the short ones.
  private static let canary = "Kanari"
  /// Shorter than what is looked for outside of a secret's own place.
  private static let shortSecrets = ["kn7", "kn8"]

  private static let steps: [CommandCase.Step] = [
    .file(
      path: "registry/shop/product.yaml",
      text: """
        product: shop
        versions: {scheme: semver, at: shop.yaml#/version}
        files:
          - {path: shop.yaml, layer: base}
          - {path: parts/*.json, layer: fragment, at: /parts}
          - {path: "env/{env}.yaml", layer: overlay, over: shop.yaml}
        schemas: ../../schemas/{version}.schema.json
        secrets: [/door, "/parts/*/token"]
        verify: [./check, "{dir}"]

        """),
    // The product's own check tells everything that it reads.
    .file(
      path: "registry/shop/check",
      text: "#!/bin/sh\ntest ! -e \"$1/../refuse\" || { cat \"$1/shop.yaml\"; exit 1; }\n"),
    .file(
      path: "registry/shop/1.0-to-1.1.yaml",
      text: """
        transformer: 1
        product: shop
        from: 1.0.0
        to: 1.1.0
        summary: Doors are gates
        operations:
          - move: {from: /door/bell, to: /gate/bell}
          - copy: {from: /mail/login, to: /backup/login}
          - set: {path: /mail/pin, value: 17}
          - merge: {into: /mail, value: {login: nobody}, on_conflict: replace, layers: overlay}
          - rename: {path: /port, to: listen}
          - note: {level: action, code: look, path: /door/code, message: Look at the door.}
        tests:
          - {before: tests/a, after: tests/b}

        """),
    .file(
      path: "registry/shop/1.1-to-1.2.yaml",
      text: """
        transformer: 1
        product: shop
        from: 1.1.0
        to: 1.2.0
        summary: Keys go
        operations:
          - remove: {path: /mail/key}
          - set: {path: /door/code, value: 123456789}

        """),
    .file(
      path: "upgrade.yaml",
      text: """
        upgrade: shop
        from: 1.0.0
        to: 1.1.0
        on-failure: stop
        steps:
          - {id: config, configure: {directory: live, registry: registry, acknowledge: [look], accept-loss: true}}
          - {id: broken, run: {apply: [sh, -c, 'echo "$WORD"; exit 1'], undo: ["true"], secrets: {WORD: {file: word}}}}

        """),
    .file(path: "word", text: "Kanari-word"),
    .file(path: "schemas/1.0.0.schema.json", text: schema(port: "port", pin: "\"type\": \"string\", ")),
    .file(path: "schemas/1.1.0.schema.json", text: schema(port: "listen", pin: "")),
    .file(path: "schemas/1.2.0.schema.json", text: schema(port: "listen", pin: "")),
    .file(path: "config/cfgmigrate.yaml", text: "product: shop\n"),
    .file(path: "config/shop.yaml", text: shop),
    .file(path: "config/parts/shop.json", text: "{\"shop\": {\"token\": \"Kanari-\\\"token\", \"size\": 1}}\n"),
    .file(
      path: "config/env/prod.yaml",
      text: "door: {code: Kanari-prod}\nmail: {login: Kanari-prod-login, pin: kn8}\n"),
    .file(path: "registry/shop/tests/a/shop.yaml", text: shop),
    .file(path: "registry/shop/tests/b/shop.yaml", text: shop),
  ]

  private static func schema(port: String, pin: String) -> String {
    """
    {"properties": {
      "mail": {"properties": {
        "login": {"format": "password", "maxLength": 200}, "pin": {\(pin)"writeOnly": true}, "key": {"writeOnly": true}
      }},
      "backup": {"properties": {"login": {"writeOnly": true}}},
      "\(port)": {"type": "integer"}
    }}

    """
  }

  private static let shop = """
    version: 1.0.0
    door: {code: &code Kanari-code, bell: Kanari-bell}   # was Kanari-code before
    port: 80
    other: [*code, 17]
    mail:
      login: "Kanari-login-that-is-very-long-and-is-cut-somewhere-in-the-middle-of-a-message"  # of the relay
      pin: kn7
      key: |   # since March
        -----BEGIN Kanari-key-----

        -----END Kanari-key-----

    """

  /// Command lines in their order. One without `cfgmigrate` only sets the scene; the others are run in each form.
  private static let lines = [
    "chmod +x registry/shop/check; cp -r config old; cp -r config new",
    "sed -i 's/Kanari-login-that/Kanari-new-login-that/' new/shop.yaml",
    "cfgmigrate status config", "cfgmigrate validate config", "cfgmigrate check config",
    "cfgmigrate plan config --values --to 1.1", "cfgmigrate plan config --validate-each -o plan.json",
    "cat plan.json", "cfgmigrate diff config",
    "cfgmigrate transformer list", "cfgmigrate transformer graph", "cfgmigrate transformer show 1.0-to-1.1.0",
    "cfgmigrate transformer docs", "cfgmigrate transformer lint", "cfgmigrate transformer test",
    "cfgmigrate transformer test --mutate", "cfgmigrate transformer verify --count 20",
    "cfgmigrate transformer new --from 1.0 --to 1.1.0",
    "cfgmigrate transformer new --from 1.0 --to 1.1.0 --before old --after new",
    "cp -r config live", "cfgmigrate upgrade plan", "cfgmigrate upgrade check", "cfgmigrate upgrade rehearse",
    "cfgmigrate upgrade run", "cfgmigrate upgrade status", "cfgmigrate upgrade report", "cfgmigrate upgrade rollback",
    "cat .cfgmigrate-upgrade/shop/*.jsonl",
    "cfgmigrate reconcile old new", "cfgmigrate reconcile old/shop.yaml new/shop.yaml --diff",
    "cfgmigrate reconcile config new --in-place", "cfgmigrate apply config",
    "touch refuse", "cfgmigrate apply config --acknowledge look --accept-loss", "rm refuse",
    "cfgmigrate apply config --acknowledge look --accept-loss --to 1.1",
    "cfgmigrate blame config/shop.yaml", "cfgmigrate blame config/shop.yaml:2",
    "cfgmigrate blame config/parts/shop.json", "cfgmigrate blame config/env/prod.yaml",
    "cfgmigrate apply config --acknowledge look --accept-loss", "cfgmigrate blame config/shop.yaml",
    "cfgmigrate history config", "cfgmigrate history config --verify", "cfgmigrate show $NEWEST config",
    "cfgmigrate backup list config", "cfgmigrate backup show config --run $NEWEST", "cfgmigrate backup verify config",
    "cfgmigrate backup export config --run $NEWEST -o b.tar", "cfgmigrate backup import config b.tar",
    "cfgmigrate recover config", "cfgmigrate explain value-refused",
    "cfgmigrate schema diff schemas/1.0.0.schema.json schemas/1.1.0.schema.json",
    "cfgmigrate schema generate schemas/1.0.0.schema.json",
    "sed -i 's/code: &code 123456789/code: \\&code Kanari-edited/; s/login: \"Kanari.*/login: Kanari-login-edited/' config/shop.yaml",
    "cfgmigrate status config", "cfgmigrate plan config --to 1.1", "cfgmigrate plan config --to 1.0 --values",
    "cfgmigrate diff config --to 1.0", "cfgmigrate rollback config", "cfgmigrate rollback config --theirs",
    "cfgmigrate backup restore config --run $NEWEST", "cfgmigrate backup prune config --keep 1",
    // Files that cannot be parsed.
    "printf 'door: {code: Kanari-dup}\\n' >> config/shop.yaml",
    "cfgmigrate plan config", "cfgmigrate status config", "cfgmigrate blame config/shop.yaml",
    "cfgmigrate transformer new --from 1.0 --to 1.1.0 --before config --after old",
    "cfgmigrate reconcile old config", "cfgmigrate reconcile old/shop.yaml - < config/shop.yaml",
    "sed -i '$d; s/  login: .*/  login: \"Kanari \\\\q\"/' config/shop.yaml",
    "cfgmigrate plan config", "cfgmigrate validate config", "cfgmigrate apply config", "cfgmigrate rollback config",
    "cfgmigrate reconcile config/shop.yaml old/shop.yaml --diff",
    "printf '{\"shop\": {\"token\":\\n\"Kanari\" \"x\"}}' > config/parts/shop.json",
    "cfgmigrate diff config", "cfgmigrate check config",
    // Files of no set, with a schema that knows of secrets, with one that is nowhere, and with one that they name.
    "printf 'mail:\\n  login: \"Kanari \\\\q\"\\n' > bare.yaml; printf '{\"mail\": {\"key\": \"Kanari\" 1}}' > bare.json",
    "cfgmigrate validate bare.yaml bare.json --schema schemas/1.0.0.schema.json",
    "cfgmigrate validate bare.yaml bare.json --schema schemas/none.json",
    "printf '# yaml-language-server: $schema=schemas/1.0.0.schema.json\\nmail: {login: Kanari-open\\n' > named.yaml",
    "cfgmigrate validate named.yaml",
    "cfgmigrate validate - --stdin-name a.json --schema schemas/1.0.0.schema.json < bare.json",
  ]

  @Test func `no command prints a secret, in any form`() throws {
    var runner = try CommandCaseRunner()
    _ = try runner.run(Self.scene())
    var counts = (lines: 0, tags: 0)
    for line in Self.lines {
      guard line.hasPrefix("cfgmigrate ") else {
        let output = try Self.run(line, &runner)
        #expect(!Self.holdsSecret(output), "\(line)\n\(output)")
        continue
      }
      for form in ["text", "json"] {
        let (command, input) = Self.parts(of: line)
        let output = try Self.run("\(command) --format \(form) --color never\(input)", &runner)
        #expect(!Self.holdsSecret(output), "\(line) --format \(form)\n\(output)")
        counts.lines += output.split(separator: "\n").count
        counts.tags += output.split(separator: "<secret ").count - 1
      }
    }
    // That nothing is printed at all would prove nothing.
    #expect(counts.lines > 2_000 && counts.tags > 150, "\(counts)")
  }

  @Test func `with secrets shown, the same commands do print them`() throws {
    var runner = try CommandCaseRunner()
    _ = try runner.run(Self.scene())
    _ = try Self.run("printf 'mail:\\n  login: \"Kanari \\\\q\"\\n' > bare.yaml", &runner)
    for line in [
      "cfgmigrate diff config", "cfgmigrate plan config",
      "cfgmigrate validate bare.yaml --schema schemas/1.0.0.schema.json",
    ] {
      #expect(Self.holdsSecret(try Self.run("\(line) --show-secrets", &runner)), "\(line)")
    }
  }

  @Test func `every command is among those that are run`() {
    var missing: [String] = []
    func visit(_ command: any ParsableCommand.Type, _ words: String) {
      let inner =
        command.configuration.subcommands + command.configuration.groupedSubcommands.flatMap(\.subcommands)
      if inner.isEmpty, !Self.lines.contains(where: { $0.hasPrefix(words + " ") || $0 == words }) {
        missing.append(words)
      }
      for command in inner { visit(command, "\(words) \(command._commandName)") }
    }
    visit(CfgmigrateCommand.self, "cfgmigrate")
    #expect(missing.isEmpty)
  }

  private static func scene() throws -> CommandCase {
    var scene = try CommandCase(parsing: "# A set with secrets.\n")
    scene.steps = steps
    return scene
  }

  private static func parts(of line: String) -> (command: String, input: String) {
    guard let redirection = line.firstIndex(of: "<") else { return (line, "") }
    return (String(line[..<redirection]), " " + line[redirection...])
  }

  private static func run(_ line: String, _ runner: inout CommandCaseRunner) throws -> String {
    let setUp =
      "export CFGMIGRATE_PATH=registry; NEWEST=$(cfgmigrate history config 2>/dev/null | head -n 1 | cut -d ' ' -f 1);"
    let outcome = try runner.outcome(of: CommandCase.Run(command: "\(setUp) \(line)"))
    #expect(outcome.exit != 64, "\(line): \(outcome.stderr)")
    return outcome.stdout + outcome.stderr
  }

  private static func holdsSecret(_ output: String) -> Bool {
    output.contains(canary) || shortSecrets.contains { output.contains($0) }
  }
}
