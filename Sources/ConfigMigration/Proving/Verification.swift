public import ConfigDocument
public import ConfigSchema

/// Tries a transformer on sets that are drawn from the schema of its source version: each is migrated and checked against
/// the schema of the target version, and what fails is made as small as it can be.
///
/// The same seed gives the same sets.
public struct Verification: Sendable {
  public struct Options: Hashable, Sendable {
    public var seed: UInt64 = 1
    /// How many sets are drawn.
    public var count = 200
    /// How many kinds of failure are told; each is told once, by its smallest set.
    public var failures = 10
    /// How many smaller sets are tried for each.
    public var shrinking = 2_000
    public init() {}
  }

  /// A set that the transformer does not migrate as it should.
  public struct Failure: Sendable {
    /// An error where the result is wrong; a warning where an operation stops at a value, so that nothing is written.
    public var finding: Diagnostic
    /// The smallest set that was found for it: the text of the base file.
    public var example: String
  }

  public struct Report: Sendable {
    /// How many sets were drawn and migrated.
    public var migrated = 0
    /// How many a `require` of the transformer refused, as it is meant to.
    public var refused = 0
    /// How many of the source schema's parts were drawn from.
    public var coverage: (drawn: Int, of: Int) = (0, 0)
    public var failures: [Failure] = []
    /// Operations that found nothing in any set.
    public var unexercised: [Operation] = []
    /// How many sets came down again as they were.
    public var returned = 0
  }

  let product: Product
  let source: Schema
  let sample: BaseSample
  let start: Version
  let planner: @Sendable (Registry) -> Planner

  /// - Parameters:
  ///   - start: the version that the sets say.
  ///   - source: its schema.
  ///   - planner: makes the planner that runs a registry; it validates by the schema of the target version.
  /// - Throws: `unsuited-product` where the product has no base file with a fixed path.
  public init(
    of product: Product, from start: Version, source: Schema,
    planner: @escaping @Sendable (Registry) -> Planner
  ) throws(Diagnostic) {
    self.product = product
    self.source = source
    self.start = start
    self.planner = planner
    sample = try BaseSample(product, version: start)
  }

  /// Tries one transformer. Complexity: that of a plan for each set, and for each step of making a failure smaller.
  public func run(_ transformer: Transformer, _ options: Options = Options()) -> Report {
    let planner = planner(Registry(product: product, transformers: [transformer]))
    var report = Report()
    var generator = InstanceGenerator(source, seed: options.seed)
    var found: Set<SourcePlace> = []
    var known: Set<String> = []
    for _ in 0..<options.count {
      guard report.failures.count < options.failures, let value = generator.next() else { break }
      switch judge(value, by: planner, of: transformer, noting: &found) {
      case .good:
        report.migrated += 1
        report.returned += 1
      case .refused: report.refused += 1
      case .bad(let finding):
        report.migrated += 1
        guard known.insert(kind(of: finding)).inserted else { continue }
        report.failures.append(smallest(value, finding, by: planner, of: transformer, budget: options.shrinking))
      }
    }
    report.coverage = generator.coverage
    report.unexercised = (transformer.operations ?? []).flatMap(\.withInner).filter { operation in
      operation.place.map { !found.contains($0) } ?? false
    }
    return report
  }

  private enum Judgement {
    case good
    /// A `require` says that such a set is not to be migrated.
    case refused
    case bad(Diagnostic)
  }

  private func judge(
    _ value: Value, by planner: Planner, of transformer: Transformer, noting found: inout Set<SourcePlace>
  ) -> Judgement {
    do throws(Diagnostic) {
      let set = try sample.set(of: value)
      let plan = try planner.plan(set, to: transformer.to.label, from: start)
      for outcome in plan.steps.flatMap(\.operations) { outcome.note(into: &found) }
      if let first = plan.validation.target.first { return .bad(first) }
      let trial = WayBackTrial(product: product, planner: planner, transformer: transformer, start: start)
      return try trial.failure(of: plan, from: set).map(Judgement.bad) ?? .good
    } catch {
      if error.code == .requireFailed { return .refused }
      // Nothing is written then: the author is to know of it, and the operator will.
      var stop = error
      if error.code == .valueRefused || error.code == .conflict { stop.severity = .warning }
      return .bad(stop)
    }
  }

  /// What makes two failures one: the code, the words without the values in them, and the operation.
  private func kind(of finding: Diagnostic) -> String {
    var words = ""
    var isValue = false
    for character in finding.message {
      if character == "`" { isValue.toggle() } else if !isValue, !character.isNumber { words.append(character) }
    }
    let operations = finding.related.map(\.place).filter { $0.file != sample.path }
    return "\(finding.code) \(words) \(operations.map { "\($0.line)" }.joined(separator: ","))"
  }

  private func smallest(
    _ value: Value, _ finding: Diagnostic, by planner: Planner, of transformer: Transformer, budget: Int
  ) -> Failure {
    var last = finding
    let small = value.shrunk(budget: budget) { candidate in
      // A smaller set must still be one of the source version.
      guard (try? source.isValid(ValueTree(sample.stamped(candidate)))) == true else { return false }
      var ignored: Set<SourcePlace> = []
      guard case .bad(let other) = judge(candidate, by: planner, of: transformer, noting: &ignored),
        kind(of: other) == kind(of: finding)
      else { return false }
      last = other
      return true
    }
    return Failure(finding: last, example: (try? sample.text(of: small)) ?? small.description)
  }
}

extension Plan.OperationOutcome {
  fileprivate func note(into found: inout Set<SourcePlace>) {
    if let place, matches > 0 { found.insert(place) }
    for operation in inner { operation.note(into: &found) }
  }
}

extension Diagnostic.Code {
  /// A product that no set can be drawn for.
  public static let unsuitedProduct: Self = "unsuited-product"
  /// A set that does not come back as it was.
  public static let wayBackDiffers: Self = "way-back-differs"
  /// Two chains that are declared equivalent, and give different results.
  public static let pathsDiffer: Self = "paths-differ"
}
