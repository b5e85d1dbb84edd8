import ConfigDocument

/// Follows every scalar of a set on its way down, from one form to the next.
///
/// Each form is a text of its own, so a scalar is known by the number that it has among those of its file. What an inverse
/// operation did is read off its edits, as on a way up; what a record put back or took away is the difference between two forms,
/// and is told as the record's.
struct LeafJourney {
  /// Where a scalar is in the form that was reached.
  struct Place: Hashable {
    var path: String
    /// Its number among the file's scalars.
    var number: Int
  }

  /// What one step did to a scalar.
  struct Move {
    /// Nil where it is gone.
    var place: Place?
    /// Nil where nothing happened to it.
    var fate: LeafLedger.Fate?
    var author: EditAuthor?
  }

  private struct Leaf {
    var origin: Place
    var pointer: Pointer
    var source: SourcePlace
    var value: Value
    var place: Place?
    var fate: LeafLedger.Fate?
    var author: EditAuthor?
  }

  private var leaves: [Leaf] = []
  /// Who did what the leaves tell.
  private(set) var authors: [AuthorRecord] = []

  init(of set: ConfigurationSet) {
    for file in set.files {
      for (number, node) in file.document.sourceScalars.enumerated() {
        let place = Place(path: file.path, number: number)
        leaves.append(
          Leaf(
            origin: place, pointer: file.document.pointer(to: node), source: file.document.place(of: node),
            value: file.document.value(of: node), place: place))
      }
    }
  }

  /// The operations of one transformer were undone.
  ///
  /// - Parameter moves: for each file of the form before, what became of its scalars, in their order.
  mutating func follow(_ moves: [String: [Move]], by records: [AuthorRecord]) {
    var numbers: [EditAuthor: EditAuthor] = [:]
    for index in leaves.indices {
      guard let place = leaves[index].place, let file = moves[place.path], file.indices.contains(place.number) else {
        continue
      }
      let move = file[place.number]
      leaves[index].place = move.place
      guard let fate = move.fate else { continue }
      let author = move.author.flatMap { own in
        numbers[own] ?? records.first { $0.author == own }.map { add($0) }
      }
      if let own = move.author { numbers[own] = author }
      note(fate, by: author, at: index)
    }
  }

  /// One form took the place of another without an operation that says so: where a scalar is not what it was, `record` did it.
  mutating func settle(from old: Forms, to new: Forms, by record: AuthorRecord) {
    var author: EditAuthor?
    var targets: [String: [Int: Place]] = [:]
    for index in leaves.indices {
      guard let place = leaves[index].place, !old.isSame(place.path, in: new) else { continue }
      if targets[place.path] == nil { targets[place.path] = old.targets(of: place.path, in: new) }
      let target = targets[place.path]?[place.number]
      leaves[index].place = target
      let stays = target.map { old.value(at: place) == new.value(at: $0) } ?? false
      guard !stays else { continue }
      if author == nil { author = add(record) }
      note(target == nil ? .removed : .converted, by: author, at: index)
    }
  }

  /// Of several edits the one that changed most counts.
  private mutating func note(_ fate: LeafLedger.Fate, by author: EditAuthor?, at index: Int) {
    if fate == .moved, leaves[index].fate != nil { return }
    leaves[index].fate = fate
    leaves[index].author = author
  }

  private mutating func add(_ record: AuthorRecord) -> EditAuthor {
    if let known = authors.first(where: {
      $0.transformer == record.transformer && $0.operation == record.operation && $0.place == record.place
    }) {
      return known.author
    }
    var record = record
    record.author = EditAuthor(rawValue: Int32(authors.count + 1))
    authors.append(record)
    return record.author
  }

  /// What became of the scalars of each file, now that the last form was reached.
  func ledgers(in result: Forms) -> [String: LeafLedger] {
    var ledgers: [String: LeafLedger] = [:]
    for leaf in leaves {
      // What came back to where it stood is kept, whatever was done on the way.
      let isBack =
        leaf.place.map {
          $0.path == leaf.origin.path && result.pointer(at: $0) == leaf.pointer && result.value(at: $0) == leaf.value
        } ?? false
      if leaf.fate == nil || isBack {
        ledgers[leaf.origin.path, default: LeafLedger()].kept += 1
      } else if let fate = leaf.fate {
        ledgers[leaf.origin.path, default: LeafLedger()].leaves.append(
          LeafLedger.Leaf(
            place: leaf.source, pointer: leaf.pointer, fate: fate, author: leaf.author ?? EditAuthor(rawValue: 0)))
      }
    }
    return ledgers
  }
}

extension LeafJourney {
  /// The files of one form, read.
  struct Forms {
    private var documents: [String: Document] = [:]
    private var scalars: [String: [NodeID]] = [:]

    init(_ files: FileBytes, of product: Product) throws(Diagnostic) {
      for (path, bytes) in files {
        let document = try Document(bytes, as: product.format(of: path), named: path, yaml: product.yaml)
        documents[path] = document
        scalars[path] = document.sourceScalars
      }
    }

    func isSame(_ path: String, in other: Forms) -> Bool { documents[path]?.source == other.documents[path]?.source }

    func value(at place: Place) -> Value? { node(at: place).map { $0.document.value(of: $0.node) } }

    func pointer(at place: Place) -> Pointer? { node(at: place).map { $0.document.pointer(to: $0.node) } }

    private func node(at place: Place) -> (document: Document, node: NodeID)? {
      guard let document = documents[place.path], let own = scalars[place.path], own.indices.contains(place.number)
      else { return nil }
      return (document, own[place.number])
    }

    /// For the scalars of a file the places at which they stand in the other form: under the same pointer; an item of a list
    /// where its list has the same value, if it has another place there.
    func targets(of path: String, in other: Forms) -> [Int: Place] {
      guard let own = scalars[path], let count = other.scalars[path]?.count else { return [:] }
      let numbers = Dictionary(
        (0..<count).compactMap { number in other.key(of: Place(path: path, number: number)).map { ($0, number) } }
      ) { first, _ in first }
      var targets: [Int: Place] = [:]
      var rest: [Int] = []
      var taken: Set<Int> = []
      for number in own.indices {
        let place = Place(path: path, number: number)
        if let key = key(of: place), let target = numbers[key],
          !key.isItem || value(at: place) == other.value(at: Place(path: path, number: target))
        {
          targets[number] = Place(path: path, number: target)
          taken.insert(target)
        } else {
          rest.append(number)
        }
      }
      for number in rest {
        let place = Place(path: path, number: number)
        guard let key = key(of: place), key.isItem else { continue }
        let item = (0..<count).first { candidate in
          let target = Place(path: path, number: candidate)
          return !taken.contains(candidate) && other.key(of: target)?.list == key.list
            && other.value(at: target) == value(at: place)
        }
        guard let item else { continue }
        targets[number] = Place(path: path, number: item)
        taken.insert(item)
      }
      return targets
    }

    private struct Key: Hashable {
      var root: Int
      var pointer: Pointer
      var isItem: Bool
      var list: Pointer? { pointer.parent }
    }

    private func key(of place: Place) -> Key? {
      guard let (document, node) = node(at: place) else { return nil }
      var top = node
      while let parent = document.parent(of: top) { top = parent }
      let holder = document.parent(of: node)
      return Key(
        root: document.roots.firstIndex(of: top) ?? 0, pointer: document.pointer(to: node),
        isItem: holder.map { document.kind(of: $0) == .sequence } ?? false)
    }
  }
}

extension WorkingSet {
  /// What became of the scalars of the set that the edits were made in, in the text that they give: for each file, in the order
  /// of its scalars.
  func leafMoves(of set: ConfigurationSet) -> [String: [LeafJourney.Move]] {
    let operations = Dictionary(authors.map { ($0.author, $0.operation) }) { first, _ in first }
    var moves: [String: [LeafJourney.Move]] = [:]
    for file in files + gone {
      guard let original = file.original.map({ set.files[$0] }) else { continue }
      let isReread = file.document.source != original.document.source
      let rendered = isReread || file.isRemoved ? [] : file.document.scalarsAsRendered
      let numbers = Dictionary(rendered.enumerated().map { ($1, $0) }) { first, _ in first }
      moves[original.path] = original.document.sourceScalars.map { node in
        let fate = LeafLedger.fate(of: node, in: file, operations, isReread: isReread)
        return LeafJourney.Move(
          place: numbers[node].map { LeafJourney.Place(path: file.path, number: $0) }, fate: fate?.0,
          author: fate?.1)
      }
    }
    return moves
  }
}
