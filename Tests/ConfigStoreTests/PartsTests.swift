import ConfigDocument
import ConfigMigration
import TestSupport
import Testing

@testable import ConfigStore

/// A set that is too large for memory is planned and applied part by part, and comes out as it does as a whole.
@Suite struct PartsTests {
  private func scene() throws -> ScratchDirectory {
    let scratch = ScratchDirectory()
    scratch.write("cfgmigrate.yaml", "product: kubernetes\nversion: \"1.15\"\n")
    for number in 0..<12 {
      let kind = ["Deployment", "DaemonSet", "NetworkPolicy", "ReplicaSet"][number % 4]
      scratch.write(
        "team-\(number % 3)/service-\(number).yaml",
        """
        # Service \(number).
        apiVersion: extensions/v1beta1
        kind: \(kind)
        metadata: {name: s\(number)}  # its name
        spec:
          template:
            metadata:
              labels: {app: s\(number)}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: k\(number)}
        stringData: {password: hunter\(number)}

        """)
    }
    scratch.write("nothing-to-do.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n")
    return scratch
  }

  private func directory(_ scratch: ScratchDirectory, inParts: Bool) throws -> ConfigurationDirectory {
    var directory = try ConfigurationDirectory(
      scratch.path, products: ProductPath(registries: [Repository.root + "/transformers"]), environment: .fixed,
      patience: 10_000)
    if inParts { directory.partLimits = PartLimits(whole: 0, part: 1) }
    return directory
  }

  @Test func `a plan of parts is the plan of the whole`() throws {
    let scratch = try scene()
    let whole = try directory(scratch, inParts: false).plan(to: "1.22")
    let parts = try directory(scratch, inParts: true).plan(to: "1.22")
    #expect(try directory(scratch, inParts: true).parts(of: directory(scratch, inParts: true).list()).count == 13)
    #expect(!whole.files[0].isShelved && parts.files[0].isShelved)
    #expect(parts.changesAnything && parts.summary == whole.summary)
    #expect(parts.diff == whole.diff)
    #expect(parts.hidesSecrets == whole.hidesSecrets)
    func maker(_ plan: Plan, _ author: EditAuthor?) -> String {
      plan.authors.first { $0.author == author }.map {
        "\($0.transformer) \($0.operation) \($0.place?.description ?? "")"
      }
        ?? "nobody"
    }
    for (one, other) in zip(parts.files.sorted { $0.path < $1.path }, whole.files.sorted { $0.path < $1.path }) {
      #expect(one.path == other.path && one.fate == other.fate && one.isChanged == other.isChanged)
      #expect(one.old == other.old && one.new == other.new && one.diff == other.diff, "\(one.path)")
      #expect(one.changes.map(\.source) == other.changes.map(\.source))
      #expect(one.changes.map { maker(parts, $0.author) } == other.changes.map { maker(whole, $0.author) })
      #expect(one.ledger?.kept == other.ledger?.kept && one.ledger?.leaves.count == other.ledger?.leaves.count)
    }
    func notes(_ plan: Plan) -> [String] {
      plan.notes.map { "\($0.transformer) \($0.message) \($0.places.map(\.description).sorted())" }.sorted()
    }
    #expect(notes(parts) == notes(whole))
    #expect(parts.steps.map { $0.operations.map(\.matches) } == whole.steps.map { $0.operations.map(\.matches) })
    #expect(try directory(scratch, inParts: true).save(parts) == directory(scratch, inParts: false).save(whole))
  }

  @Test func `a large set goes up and back, byte for byte`() throws {
    let (scratch, other) = (try scene(), try scene())
    let before = scratch.snapshot()
    let agreed = Acknowledgements(codes: ["workload-selector"], acceptsLoss: true)
    let parts = try directory(scratch, inParts: true)
    let record = try #require(try parts.apply(try parts.plan(to: "1.16"), acknowledging: agreed))
    let whole = try directory(other, inParts: false)
    _ = try whole.apply(try whole.plan(to: "1.16"), acknowledging: agreed)
    #expect(scratch.snapshot(withTimes: false) == other.snapshot(withTimes: false))
    #expect(record.files.count == 13)
    let backup = try #require(try parts.history.backups().first)
    #expect(try parts.history.verify(backup) == [])
    #expect(try backup.attachments.map(\.name) == whole.history.backups().first?.attachments.map(\.name))
    _ = try parts.history.rollback()
    #expect(scratch.snapshot() == before)
  }

  @Test func `what someone edits between plan and apply is kept`() throws {
    let scratch = try scene()
    let parts = try directory(scratch, inParts: true)
    let plan = try parts.plan(to: "1.16")
    scratch.write("team-1/service-1.yaml", "apiVersion: v1\nkind: Service\n")
    let before = scratch.snapshot()
    #expect(code { try parts.apply(plan, acknowledging: Acknowledgements(acceptsLoss: true)) } == .drift)
    #expect(scratch.snapshot() == before)
  }

  @Test func `a shelf gives back what was put on it`() throws {
    let shelf = try TemporaryShelf()
    let texts = (0..<50).map { [UInt8](repeating: UInt8($0), count: $0 * 1_000) }
    let tickets = try texts.map { try shelf.put($0) }
    for (ticket, text) in zip(tickets, texts).reversed() { #expect(shelf.text(ticket) == text) }
  }
}
