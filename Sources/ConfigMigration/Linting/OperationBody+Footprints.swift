import ConfigDocument

extension MoveOperation {
  package var footprint: Footprint {
    Footprint(takes: [from], makes: to.withEverythingBelow, loss: onConflict.loss)
  }
}

extension RenameOperation {
  package var footprint: Footprint {
    let target = path.parent.map { parent in
      // A name with a capture in it may become any key.
      to.utf8.contains(UInt8(ascii: "{"))
        ? AddressPattern(
          text: parent.text + "/*", file: parent.file, document: parent.document, tokens: parent.tokens + [.any])
        : parent.appending(to)
    }
    return Footprint(takes: [path], makes: target.map(\.withEverythingBelow) ?? [], loss: onConflict.loss)
  }
}

extension CopyOperation {
  package var footprint: Footprint {
    Footprint(reads: [from], makes: to.withEverythingBelow, loss: onConflict.loss)
  }
}

extension RemoveOperation {
  package var footprint: Footprint {
    Footprint(takes: [path], loss: restore == nil ? "what it removes is not known on the way back" : nil)
  }
}

extension SetOperation {
  package var footprint: Footprint { Footprint(reads: source.reads, makes: path.withEverythingBelow) }
}

extension DefaultOperation {
  package var footprint: Footprint { Footprint(reads: source.reads, makes: path.withEverythingBelow) }
}

extension PinDefaultOperation {
  package var footprint: Footprint { creation.footprint }
}

extension DropDefaultOperation {
  // The value that the way back would write is the one that it says.
  package var footprint: Footprint { Footprint(reads: [path]) }
}

extension MergeOperation {
  package var footprint: Footprint {
    switch source {
    case .value(let value):
      let keys = value.object?.keys ?? []
      return Footprint(makes: [into] + keys.flatMap { into.appending($0).withEverythingBelow })
    case .address(let from): return Footprint(takes: [from], makes: into.withEverythingBelow)
    }
  }
}

extension MapOperation {
  package var footprint: Footprint {
    var isInjective = true
    for (index, row) in table.enumerated() where table[..<index].contains(where: { $0.new == row.new }) {
      isInjective = false
    }
    let loss =
      !isInjective
      ? "two old values become one" : otherwise == .drop ? "what the table does not have is dropped" : nil
    return Footprint(reads: [path], loss: loss)
  }
}

extension ConvertOperation {
  package var footprint: Footprint {
    Footprint(reads: [path], loss: otherwise == .drop ? "what cannot be converted is dropped" : nil)
  }
}

extension RewriteOperation {
  package var footprint: Footprint { Footprint(reads: [path]) }
}

extension ComputeOperation {
  package var footprint: Footprint {
    Footprint(
      reads: [path], makes: Array(path.withEverythingBelow.suffix(1)),
      loss: reverse == nil ? "what the expression was given is not known on the way back" : nil)
  }
}

extension CustomOperation {
  package var footprint: Footprint {
    Footprint(
      reads: [path], makes: Array(path.withEverythingBelow.suffix(1)),
      loss: down == nil ? "what the code was given is not known on the way back" : nil)
  }
}

extension InsertOperation {
  package var footprint: Footprint { Footprint(makes: into.withEverythingBelow) }
}

extension DiscardOperation {
  package var footprint: Footprint {
    Footprint(reads: [from], loss: "the items that it discards are not known on the way back")
  }
}

extension ArrangeOperation {
  package var footprint: Footprint {
    Footprint(reads: [path], loss: "the order and the repetitions of before are not known on the way back")
  }
}

extension EachOperation {
  package var footprint: Footprint { Footprint(reads: [address]) }
}

extension GroupOperation {
  package var footprint: Footprint { Footprint() }
}

extension RequireOperation {
  package var footprint: Footprint { Footprint() }
}

extension NoteOperation {
  package var footprint: Footprint { Footprint(reads: sources) }
}

extension PruneOperation {
  package var footprint: Footprint { Footprint(reads: [path]) }
}

extension ValueSource {
  fileprivate var reads: [AddressPattern] { if case .address(let address) = self { [address] } else { [] } }
}

extension ConflictResolution {
  fileprivate var loss: String? {
    switch self {
    case .error, .merge, .append: nil
    case .keep: "what cannot go to its target is dropped"
    case .replace: "what stood at the target is overwritten"
    }
  }
}
