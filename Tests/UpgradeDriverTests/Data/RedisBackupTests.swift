import ConfigDocument
import ConfigStore
import DataMigration
import DatabaseDrivers
import DatabaseServers
import Foundation
import TestSupport
import Testing
import UpgradeContracts
import UpgradePipeline

/// A backup of a Redis server, taken from a real one and read by another.
@Suite(.serialized) struct RedisBackupTests {
  private let scenario = DriverScenario()

  private func step(_ socket: String) throws -> any UpgradeStep {
    try scenario.step("data: {database: {redis: sessions, socket: \(socket)}, backup: backups}")
  }

  private static func ask(_ socket: String, _ words: String...) throws {
    try ServerProcess.run(["redis-cli", "-e", "-s", socket] + words)
  }

  private func dumps() -> [String] {
    let files = FileManager.default.enumerator(atPath: scenario.scratch.absolute("backups"))
    return (files?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix("/dump") }
  }

  @Test func `the step keeps the promises of a step, and the copy holds the keys`() throws {
    let socket = try available(TestServers.redis).directory + "/s"
    try Self.ask(socket, "FLUSHALL")
    try Self.ask(socket, "SET", "session:1", "ada")
    try Self.ask(socket, "RPUSH", "queue", "a", "b")
    try Self.ask(socket, "SET", "gone", "soon", "EX", "1000")
    try UpgradeStepContract(step: try step(socket), context: try scenario.context(), fingerprint: { "" }).check()
    let path = try #require(dumps().first)
    let manifest = scenario.scratch.read("backups/" + path.replacing("/dump", with: "/manifest.json")) ?? ""
    #expect(manifest.contains("\"table\": \"db0\", \"rows\": 2"), "\(manifest)")
    #expect(manifest.contains("verified_at"))
    let place = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/var/tmp"
    let left = try FileManager.default.contentsOfDirectory(atPath: place).filter {
      $0.hasPrefix("cfgmigrate-scratch-\(getpid())-")
    }
    // Those of tests that run beside this one go with them.
    var stay = left
    for _ in 0..<3_000 where !stay.isEmpty {
      usleep(100_000)
      stay.removeAll { !FileManager.default.fileExists(atPath: "\(place)/\($0)") }
    }
    #expect(stay == [], "the server that read the copy is gone")
  }

  @Test func `a server on another machine sends its copy`() throws {
    let port = Int.random(in: 20_000..<32_000)
    let server = try available(Result { try TestServers.makeRedis(port: port) })
    for number in 1...3 { try Self.ask(server.directory + "/s", "SET", "key:\(number)", "v") }
    let step = try scenario.step("data: {database: {redis: sessions, host: 127.0.0.1, port: \(port)}, backup: backups}")
    try UpgradeStepContract(step: step, context: try scenario.context(), fingerprint: { "" }).check()
    let path = try #require(dumps().first)
    let manifest = scenario.scratch.read("backups/" + path.replacing("/dump", with: "/manifest.json")) ?? ""
    #expect(manifest.contains("\"table\": \"db0\", \"rows\": 3"), "\(manifest)")
    try server.crash(pidFile: "pid")
  }

  @Test func `a copy that was damaged is found by reading it`() throws {
    let socket = try available(TestServers.redis).directory + "/s"
    for number in 1...50 { try Self.ask(socket, "SET", "key:\(number)", String(repeating: "v", count: 40)) }
    let context = try scenario.context()
    let token = StepToken(run: "r", step: "it")
    _ = try step(socket).apply(token, context)
    let dump = scenario.scratch.absolute("backups/" + (try #require(dumps().first)))
    var bytes = try StandaloneFile(dump).read()
    bytes[bytes.count / 2] ^= 0xFF
    try Data(bytes).write(to: URL(fileURLWithPath: dump))
    #expect(try #require(throws: Diagnostic.self) { try step(socket).verify(context) }.code.rawValue == "dump-damaged")
    let store = Redis(DatabaseServer(.socket(socket), user: nil), label: "sessions")
    let error = try #require(throws: Diagnostic.self) {
      try store.trial(of: dump, environment: context.environment, programs: LocalCommandRunner(), isStopped: { false })
    }
    #expect(error.code.rawValue == "dump-damaged")
  }

  @Test func `what a killed process left of a trial is taken away by the next one`() throws {
    let place = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/var/tmp"
    let left = "\(place)/cfgmigrate-scratch-1-\(UInt32.random(in: 0 ... .max))"
    let used = "\(place)/cfgmigrate-scratch-2-\(UInt32.random(in: 0 ... .max))"
    for path in [left, used] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
      try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -120)], ofItemAtPath: path)
    }
    let lock = open(used, O_RDONLY | O_DIRECTORY)
    #expect(flock(lock, LOCK_EX) == 0)
    defer {
      close(lock)
      try? FileManager.default.removeItem(atPath: used)
    }
    let socket = try available(TestServers.redis).directory + "/s"
    _ = try step(socket).apply(StepToken(run: "r", step: "it"), try scenario.context())
    #expect(!FileManager.default.fileExists(atPath: left))
    #expect(FileManager.default.fileExists(atPath: used), "somebody works in it")
  }

  @Test func `Redis has no scripts`() {
    #expect(throws: Diagnostic.self) {
      try scenario.step("data: {database: {redis: sessions}, scripts: sql}")
    }
  }

  @Test func `a server that is not there is told when it is checked`() throws {
    let error = try #require(throws: Diagnostic.self) {
      try step(scenario.scratch.absolute("nobody")).check(try scenario.context())
    }
    #expect(error.code.rawValue == "database-unreachable")
  }
}
