public import ConfigDocument

/// Runs the golden pairs of a transformer, and says what they prove: that each pair comes out byte for byte, which
/// operations no pair exercises, and which changes of the transformer no pair would notice.
public struct GoldenTrial: Sendable {
  /// A pair with its files read.
  public struct Pair: Sendable {
    public var name: String
    public var place: SourcePlace?
    public var before: [(path: String, bytes: [UInt8])]
    public var after: [(path: String, bytes: [UInt8])]
    /// What stands before the paths of `after` in messages; with the final slash.
    public var afterFolder: String

    public init(
      name: String, at place: SourcePlace? = nil, before: [(path: String, bytes: [UInt8])],
      after: [(path: String, bytes: [UInt8])], afterFolder: String = ""
    ) {
      self.name = name
      self.afterFolder = afterFolder
      self.place = place
      self.before = before
      self.after = after
    }
  }

  /// What came of one pair.
  public struct Outcome: Sendable {
    public var name: String
    /// What is not as the pair says; empty where it holds.
    public var findings: [Diagnostic]
    public var holds: Bool { findings.isEmpty }
  }

  /// What came of all pairs.
  public struct Report: Sendable {
    public var outcomes: [Outcome]
    /// The operations that found nothing in any pair.
    public var unexercised: [Operation]
    public var holds: Bool { outcomes.allSatisfy(\.holds) }
  }

  let transformer: Transformer
  let product: Product
  let pairs: [Pair]
  let planner: @Sendable (Registry) -> Planner
  /// The secrets of sets, which no finding shows; nil where they have none.
  package var secrets: @Sendable ([ConfigurationSet]) -> SetSecrets? = { _ in nil }

  /// - Parameter planner: makes the planner that runs a registry; by default one that validates nothing.
  public init(
    _ transformer: Transformer, of product: Product, pairs: [Pair],
    planner: @escaping @Sendable (Registry) -> Planner = { Planner(registry: $0) }
  ) {
    self.transformer = transformer
    self.product = product
    self.pairs = pairs
    self.planner = planner
  }

  /// Runs every pair. Complexity: that of planning each.
  public func run() -> Report {
    var outcomes: [Outcome] = []
    var found: [SourcePlace: Int] = [:]
    for pair in pairs {
      do throws(Diagnostic) {
        let plan = try plan(pair, by: transformer)
        for operation in plan.steps.flatMap(\.operations) { operation.count(into: &found) }
        outcomes.append(
          Outcome(name: pair.name, findings: hidden(differences(of: plan, from: pair), of: pair, and: plan)))
      } catch {
        outcomes.append(Outcome(name: pair.name, findings: hidden([error], of: pair, and: nil)))
      }
    }
    let unexercised = (transformer.operations ?? []).flatMap(\.withInner).filter { operation in
      operation.place.map { found[$0] ?? 0 } == 0
    }
    return Report(outcomes: outcomes, unexercised: pairs.isEmpty ? [] : unexercised)
  }

  func plan(_ pair: Pair, by transformer: Transformer) throws(Diagnostic) -> Plan {
    let set = try ConfigurationSet(product: product, files: pair.before)
    let registry = Registry(product: product, transformers: [transformer])
    return try planner(registry).plan(set, to: transformer.to.label, from: try version(of: set, in: pair))
  }

  /// The version that the set says; where it says none, the oldest that the transformer starts from.
  private func version(of set: ConfigurationSet, in pair: Pair) throws(Diagnostic) -> Version {
    let version: Version
    do throws(Diagnostic) { version = try set.version().version } catch {
      guard error.code == .versionUnknown, error.place == nil else { throw error }
      return transformer.from.oldest
    }
    guard transformer.from.contains(version) else {
      throw Diagnostic(
        .goldenPair,
        "`before` of the pair \(pair.name) is of version \(version), and the transformer starts from \(transformer.from)",
        at: pair.place)
    }
    return version
  }

  private func hidden(_ findings: [Diagnostic], of pair: Pair, and plan: Plan?) -> [Diagnostic] {
    guard !findings.isEmpty else { return [] }
    let texts = [pair.before, pair.after, plan?.files.map { (path: $0.path, bytes: $0.new) } ?? []]
    let sets = texts.compactMap { try? ConfigurationSet(product: product, files: $0) }
    guard let secrets = secrets(sets) else { return findings }
    return findings.map { finding in
      var finding = finding
      // What is wrong is said of a file of `after` by its whole path.
      if let place = finding.place, place.file.hasPrefix(pair.afterFolder) {
        finding.place?.file = String(place.file.dropFirst(pair.afterFolder.count))
        finding = secrets.hidden(finding)
        finding.place?.file = place.file
        return finding
      }
      return secrets.hidden(finding)
    }
  }

  private func differences(of plan: Plan, from pair: Pair) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for file in plan.files {
      guard let expected = pair.after.first(where: { $0.path == file.path }) else {
        found.append(
          Diagnostic(.goldenPair, "`\(file.path)` is in the result, and not in `after`", at: pair.place))
        continue
      }
      if expected.bytes != file.new {
        found.append(
          TextDifference.first(expected: expected.bytes, actual: file.new).diagnostic(pair.afterFolder + expected.path))
      }
    }
    for expected in pair.after where product.rule(for: expected.path) != nil {
      if plan.files.contains(where: { $0.path == expected.path }) { continue }
      found.append(
        Diagnostic(.goldenPair, "`\(expected.path)` is in `after`, and not in the result", at: pair.place))
    }
    return found
  }
}

extension Plan.OperationOutcome {
  fileprivate func count(into found: inout [SourcePlace: Int]) {
    if let place { found[place, default: 0] += matches }
    for operation in inner { operation.count(into: &found) }
  }
}

extension Operation {
  /// The operation, and those that it holds, in their order.
  package var withInner: [Operation] { [self] + inner.flatMap(\.withInner) }
}

/// Where two texts part.
private struct TextDifference {
  var line: Int
  var expected: String?
  var actual: String?

  static func first(expected: [UInt8], actual: [UInt8]) -> TextDifference {
    let (a, b) = (lines(expected), lines(actual))
    for line in 0..<max(a.count, b.count) {
      let (left, right) = (line < a.count ? a[line] : nil, line < b.count ? b[line] : nil)
      if left != right { return TextDifference(line: line + 1, expected: text(left), actual: text(right)) }
    }
    return TextDifference(line: 1, expected: nil, actual: nil)
  }

  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  }

  private static func text(_ line: ArraySlice<UInt8>?) -> String? { line.map { String(decoding: $0, as: UTF8.self) } }

  func diagnostic(_ path: String) -> Diagnostic {
    let place = SourcePlace(
      file: path, line: line, column: 1, length: max(1, expected?.unicodeScalars.count ?? 1), lineText: expected ?? "")
    let got = actual.map { "`\($0)`" } ?? "the end of the file"
    return Diagnostic(
      .goldenPair,
      "line \(line) of the result is \(got), and `after` says \(expected.map { "`\($0)`" } ?? "that the file ends")",
      at: place)
  }
}

extension Diagnostic.Code {
  /// A golden pair that does not come out as it says.
  public static let goldenPair: Self = "golden-pair"
  /// An operation that no golden pair exercises.
  public static let unexercised: Self = "unexercised-operation"
  /// A change of a transformer that no golden pair notices.
  public static let mutationSurvived: Self = "mutation-survived"
}
