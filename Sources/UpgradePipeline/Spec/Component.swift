package import ConfigDocument

/// One part of the platform, which is upgraded after those that it depends on.
package struct Component: Sendable {
  package var id: String
  package var after: [String]
  package var place: SourcePlace
}

/// Things that wait for each other, put in an order.
package enum DependencyOrder {
  /// The names so that each comes behind all that it waits for, and else as they were given.
  ///
  /// - Parameter waits: for each name, what it waits for; names that are not among `names` do not count.
  /// - Returns: the order, or the names of a circle in the order of its arrows.
  /// - Complexity: O(names × waits).
  package static func sorted(_ names: [String], waits: (String) -> [String]) -> Result<[String], Circle> {
    let known = Set(names)
    var placed: Set<String> = []
    var order: [String] = []
    while order.count < names.count {
      guard
        let next = names.first(where: { name in
          !placed.contains(name) && waits(name).allSatisfy { placed.contains($0) || !known.contains($0) }
        })
      else { return .failure(circle(among: names.filter { !placed.contains($0) }, waits)) }
      placed.insert(next)
      order.append(next)
    }
    return .success(order)
  }

  /// Everything that waits in a graph without an end waits, in the end, on a circle.
  private static func circle(among names: [String], _ waits: (String) -> [String]) -> Circle {
    let stuck = Set(names)
    var way = [names[0]]
    while let next = waits(way[way.count - 1]).first(where: { stuck.contains($0) }) {
      if let start = way.firstIndex(of: next) { return Circle(names: Array(way[start...]) + [next]) }
      way.append(next)
    }
    return Circle(names: way)
  }

  package struct Circle: Error { package var names: [String] }
}
