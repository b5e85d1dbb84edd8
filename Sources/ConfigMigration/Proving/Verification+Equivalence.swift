public import ConfigDocument
import ConfigSchema

extension Verification {
  /// Tries whether two chains, which the product declares equivalent, give the same data for the sets that are drawn.
  /// - Returns: a failure with the smallest set for which they do not; nil where they agree on all.
  public func compare(
    _ one: [Transformer], _ other: [Transformer], at place: SourcePlace? = nil, _ options: Options = Options()
  ) -> Failure? {
    guard let goal = one.last?.to else { return nil }
    let planners = [one, other].map { planner(Registry(product: product, transformers: $0)) }
    var generator = InstanceGenerator(source, seed: options.seed)
    for _ in 0..<options.count {
      guard let value = generator.next() else { break }
      guard differ(value, planners, goal) else { continue }
      let small = value.shrunk { candidate in
        (try? source.isValid(ValueTree(sample.stamped(candidate)))) == true && differ(candidate, planners, goal)
      }
      let names = [one, other].map { $0.map(\.id).joined(separator: ", ") }
      return Failure(
        finding: Diagnostic(
          .pathsDiffer, "the chains \(names[0]) and \(names[1]) are declared equivalent, and give different results",
          at: place, hint: "remove the `equivalent`, and keep one of the chains"),
        example: (try? sample.text(of: small)) ?? small.description)
    }
    return nil
  }

  private func differ(_ value: Value, _ planners: [Planner], _ goal: Version) -> Bool {
    let results = planners.map { result(of: value, by: $0, to: goal) }
    return results[0] != results[1]
  }

  /// The data of all files; nil where the chain fails.
  private func result(of value: Value, by planner: Planner, to goal: Version) -> [Value]? {
    do throws(Diagnostic) {
      let plan = try planner.plan(try sample.set(of: value), to: goal.label, from: start)
      let set = try ConfigurationSet(product: product, files: plan.files.map { ($0.path, $0.new) })
      return set.files.flatMap { file in file.document.roots.map { file.document.value(of: $0) } }
    } catch {
      return nil
    }
  }
}
