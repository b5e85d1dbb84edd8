/// When each step begins and ends, were all to take as long as is thought: by the same rules by which the engine begins them.
struct StepTimeline {
  /// In milliseconds behind the first one.
  private(set) var begins: [String: Int] = [:]
  /// When the last step ends.
  private(set) var length = 0

  /// - Parameters:
  ///   - over: the steps that are waited for no more.
  ///   - running: those that have begun; `duration` is what is left of them.
  /// - Complexity: O(steps²).
  init(
    _ steps: [DeclaredStep], over: Set<String> = [], running: [String] = [], parallelism: Int,
    lasting duration: (String) -> Int
  ) {
    var over = over
    var ends = Dictionary(running.map { ($0, duration($0)) }) { first, _ in first }
    var now = 0
    while over.count < steps.count {
      let schedule = StepSchedule(steps, over: over, running: Set(ends.keys))
      for step in schedule.ready(atMost: parallelism - ends.count) {
        begins[step.id] = now
        ends[step.id] = now + duration(step.id)
      }
      guard let next = ends.min(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { break }
      now = next.value
      ends[next.key] = nil
      over.insert(next.key)
    }
    length = now
  }
}
