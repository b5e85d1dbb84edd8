/// When each step begins and ends, were all to take as long as is thought: by the same rules by which the engine begins them.
struct StepTimeline {
  /// In milliseconds behind the first one.
  private(set) var begins: [String: Int] = [:]
  /// When the last step ends.
  private(set) var length = 0

  /// - Complexity: O(steps²).
  init(_ steps: [DeclaredStep], parallelism: Int, lasting duration: (String) -> Int) {
    var over: Set<String> = []
    var ends: [String: Int] = [:]
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
