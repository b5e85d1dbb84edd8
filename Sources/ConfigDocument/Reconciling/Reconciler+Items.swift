extension Reconciler {
  /// Reconciles a list: equal items stay, items that are alike are reconciled in place, the rest comes and goes.
  mutating func items(of sequence: NodeID, with values: [Value]) throws(Diagnostic) {
    let items = document.items(of: sequence)
    let old = items.map { document.value(of: $0) }
    var partners = Alignment.equalItems(old, values)
    Alignment.pairAlike(old, values, &partners)
    var matched: Set<Int> = []
    var predecessor = Sibling.none
    for (index, value) in values.enumerated() {
      if let partner = partners[index] {
        matched.insert(partner)
        predecessor = .node(try reconcile(items[partner], with: value))
      } else {
        wanted.append(Addition(value: value, container: sequence, place: .item, predecessor: predecessor))
        predecessor = .addition(wanted.count - 1)
      }
    }
    for index in items.indices where !matched.contains(index) { gone.append(items[index]) }
  }
}

/// Which items of a new list are which of an old one.
enum Alignment {
  /// A longest common subsequence, by Myers' greedy algorithm ("An O(ND) Difference Algorithm and Its Variations", 1986); beyond
  /// a cap on the differences, the common ends only.
  ///
  /// - Returns: for each new item its partner in the old list, or nil. Partners are in order.
  static func equalItems(_ old: [Value], _ new: [Value]) -> [Int?] {
    var partners = [Int?](repeating: nil, count: new.count)
    let (a, b) = interned(old, new)
    var start = 0
    while start < a.count, start < b.count, a[start] == b[start] {
      partners[start] = start
      start += 1
    }
    var (endA, endB) = (a.count, b.count)
    while endA > start, endB > start, a[endA - 1] == b[endB - 1] {
      endA -= 1
      endB -= 1
      partners[endB] = endA
    }
    guard start < endA, start < endB else { return partners }
    for (x, y) in commonSubsequence(Array(a[start..<endA]), Array(b[start..<endB])) { partners[start + y] = start + x }
    return partners
  }

  /// Values as small numbers, equal where the values are.
  private static func interned(_ old: [Value], _ new: [Value]) -> ([Int], [Int]) {
    var numbers: [Value: Int] = [:]
    func number(_ value: Value) -> Int {
      if let known = numbers[value] { return known }
      numbers[value] = numbers.count
      return numbers.count - 1
    }
    return (old.map(number), new.map(number))
  }

  private static func commonSubsequence(_ a: [Int], _ b: [Int], cap: Int = 2_000) -> [(Int, Int)] {
    let (n, m) = (a.count, b.count)
    var frontiers: [[Int]] = []
    var frontier = [Int](repeating: 0, count: 2 * min(n + m, cap) + 3)
    let middle = frontier.count / 2
    for d in 0...min(n + m, cap) {
      frontiers.append(frontier)
      for k in stride(from: -d, through: d, by: 2) {
        var x =
          k == -d || (k != d && frontier[middle + k - 1] < frontier[middle + k + 1])
          ? frontier[middle + k + 1] : frontier[middle + k - 1] + 1
        while x < n, x - k < m, x - k >= 0, a[x] == b[x - k] { x += 1 }
        frontier[middle + k] = x
        if x >= n, x - k >= m { return trace(frontiers, a, b, d, middle) }
      }
    }
    return []
  }

  private static func trace(_ frontiers: [[Int]], _ a: [Int], _ b: [Int], _ last: Int, _ middle: Int) -> [(Int, Int)] {
    var pairs: [(Int, Int)] = []
    var (x, y) = (a.count, b.count)
    for d in stride(from: last, through: 0, by: -1) {
      let frontier = frontiers[d]
      let k = x - y
      let previous =
        k == -d || (k != d && frontier[middle + k - 1] < frontier[middle + k + 1]) ? k + 1 : k - 1
      let previousX = d == 0 ? 0 : frontier[middle + previous]
      let previousY = d == 0 ? 0 : previousX - previous
      while x > previousX, y > previousY, a[x - 1] == b[y - 1] {
        x -= 1
        y -= 1
        pairs.append((x, y))
      }
      (x, y) = (previousX, previousY)
    }
    return pairs
  }

  /// Between two items that are equal, items that are alike are one item that changed.
  static func pairAlike(_ old: [Value], _ new: [Value], _ partners: inout [Int?]) {
    var oldIndex = 0
    var index = 0
    while index < new.count {
      if let partner = partners[index] {
        oldIndex = partner + 1
        index += 1
        continue
      }
      let end = partners[index...].firstIndex { $0 != nil } ?? new.count
      let oldEnd = end < new.count ? partners[end]! : old.count
      pairGap(old, oldIndex..<oldEnd, new, index..<end, &partners)
      index = end
    }
  }

  private static func pairGap(
    _ old: [Value], _ oldRange: Range<Int>, _ new: [Value], _ newRange: Range<Int>, _ partners: inout [Int?]
  ) {
    var from = oldRange.lowerBound
    for index in newRange {
      // As many to come as to go: they are the same items, each changed.
      let isOneToOne = oldRange.count == newRange.count
      let candidates = from..<min(oldRange.upperBound, from + 64)
      let best =
        candidates.first { Similarity.ofItems(old[$0], new[index]) >= 1 }
        ?? candidates.first { Similarity.ofItems(old[$0], new[index]) > 0.5 }
        ?? (isOneToOne && from < oldRange.upperBound && old[from].typeName == new[index].typeName ? from : nil)
      if let best {
        partners[index] = best
        from = best + 1
      }
    }
  }
}

/// How much two values have in common, from 0 to 1.
enum Similarity {
  /// The members of an object by which people tell the items of a list apart.
  private static let identities = ["name", "id", "key", "uid", "path"]

  static func of(_ a: Value, _ b: Value) -> Double {
    switch (a, b) {
    case (.object(let x), .object(let y)):
      guard !x.isEmpty, !y.isEmpty else { return 0 }
      let common = x.members.reduce(0.0) { sum, member in
        guard let other = y[member.key] else { return sum }
        return sum + (other == member.value ? 1 : 0.5)
      }
      return common / Double(max(x.count, y.count))
    case (.array(let x), .array(let y)):
      guard !x.isEmpty, !y.isEmpty else { return 0 }
      let known = Set(x)
      return Double(y.count(where: known.contains)) / Double(max(x.count, y.count))
    default: return a == b ? 1 : 0
    }
  }

  /// Items with the same name are the same, whatever else differs; with different names they are not.
  static func ofItems(_ a: Value, _ b: Value) -> Double {
    if case .object(let x) = a, case .object(let y) = b {
      for identity in identities {
        if let one = x[identity], let other = y[identity], one.string != nil || one.number != nil {
          return one == other ? 1 : 0
        }
      }
    }
    return of(a, b)
  }
}
