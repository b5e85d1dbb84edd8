public import ConfigDocument

/// Where a plan puts texts that are too many for memory, and finds them again.
public protocol TextShelf: Sendable {
  /// Keeps a text for as long as the shelf is there.
  /// - Returns: by what it is found again.
  /// - Throws: where there is no room for it.
  func put(_ text: [UInt8]) throws(Diagnostic) -> Int

  /// The text; another one, or none, where it cannot be read again. Who writes it compares its digest first.
  func text(_ ticket: Int) -> [UInt8]
}

/// One text of a plan: in memory, or on a shelf.
enum PlannedText: Sendable {
  case held([UInt8])
  case shelved(Int, on: any TextShelf)

  var bytes: [UInt8] {
    switch self {
    case .held(let bytes): bytes
    case .shelved(let ticket, let shelf): shelf.text(ticket)
    }
  }
}

extension Plan.PlannedFile {
  /// Puts the file's texts on a shelf; they are fetched again, each time that they are asked for.
  package mutating func shelve(on shelf: any TextShelf) throws(Diagnostic) {
    let (old, new, diff) = (old, new, diff)
    differs = old != new
    let ticket = try shelf.put(old)
    oldText = .shelved(ticket, on: shelf)
    newText = .shelved(differs ? try shelf.put(new) : ticket, on: shelf)
    if !diff.isEmpty { diffText = .shelved(try shelf.put(diff), on: shelf) }
  }
}
