import CfgmigrateCommands
import ConfigDocument
import ConfigMigration

/// What the transformer language does not say: the platform's name becomes upper case.
struct LoudNames: ConfigTransformer {
  let from = "3.0.0", to = "3.0.1"
  let revision = "1"
  let summary = "The platform's name in capital letters"

  func migrate(_ set: inout WorkingSet) throws(Diagnostic) {
    for file in set.files.indices {
      try set.edit(file) { document throws(Diagnostic) in
        guard let name = document.node(at: Pointer(["platform", "name"])), let text = document.text(of: name) else {
          return
        }
        try document.set(name, to: .string(text.uppercased()))
      }
    }
  }
}

CfgmigrateCommand.start(transformers: ["job-platform": [LoudNames()]])
