import DocumentLaws

@testable import ConfigDocument

/// What an edit may find where it is made: each is to be met by every kind of edit that can meet it.
enum Circumstance: String, CaseIterable {
  // What holds the edited member.
  case block, flow, map, list, root, nested
  // Where among its siblings.
  case first, middle, last, only
  case intoEmpty, leavingEmpty
  case openEnd, laterDocument, earlierDocument
  // Comments of the member, or of the one beside which something comes.
  case head, lineComment, foot
  case crlf, loneCR, byteOrderMark
  // Layouts.
  case step2, step4, step8, indentless, offset2, offset4, compactList, compactMap
  // Anchors.
  case anchored, anchorAbove, anchorBelow, aliased, alias, merged
  // Block scalars that come along.
  case blockScalar, deeper, shallower
}

/// How a text of JSON is separated.
enum Separation: String, CaseIterable {
  case compact, oneLine, pretty, aligned, headComment, lineComment, trailingComma
}

/// An edit, and what it found.
struct CircumstancesOfEdit {
  let document: Document
  let target: EditedPair.Target
  let node: NodeID
  /// The collection that the member is in, or comes to be in.
  let containers: [NodeID]

  init?(_ edit: RandomEdit, in document: Document) {
    let pair = EditedPair(document)
    guard let target = pair.target(of: edit), let node = pair.node(target.path) else { return nil }
    self.document = document
    self.target = target
    self.node = node
    let destination = target.container.flatMap { pair.node($0) }
    let isInsertion = edit.kind == .insert || edit.kind == .insertItem
    containers = (isInsertion ? [] : [document.parent(of: node)].compactMap { $0 }) + [destination].compactMap { $0 }
    self.isInsertion = isInsertion
    self.destination = destination
  }

  private let isInsertion: Bool
  private let destination: NodeID?

  func all(_ kind: RandomEdit.Kind) -> Set<Circumstance> {
    var met: Set<Circumstance> = []
    for container in containers { met.formUnion(describing(container)) }
    if containers.isEmpty { met.insert(.root) }
    met.formUnion(places(kind))
    met.formUnion(file)
    met.formUnion(comments)
    met.formUnion(anchors)
    met.formUnion(blockScalars(kind))
    return met
  }

  // MARK: The collection

  private func describing(_ container: NodeID) -> Set<Circumstance> {
    let element = document.nodes[container.index]
    var met: Set<Circumstance> = [document.isFlow(container.raw) ? .flow : .block]
    met.insert(element.kind == .mapping ? .map : .list)
    guard let parent = document.parent(of: container) else { return met.union([.root]) }
    met.insert(.nested)
    let outer = document.nodes[parent.index]
    guard element.style == .block, outer.style == .block, element.flags.isDisjoint(with: .properties) else {
      return met
    }
    let (place, above) = (document.place(of: container), document.place(of: parent))
    if outer.kind == .sequence {
      let lineOfDash = document.source[..<Int(element.start)].lastIndex(of: UInt8(ascii: "-"))
      let isCompact = lineOfDash.map { !document.source[$0..<Int(element.start)].contains(where: \.isBreak) } ?? false
      if isCompact { met.insert(element.kind == .mapping ? .compactMap : .compactList) }
    } else if outer.flags.isDisjoint(with: .properties) {
      switch (element.kind, place.column - above.column) {
      case (.mapping, 2): met.insert(.step2)
      case (.mapping, 4): met.insert(.step4)
      case (.mapping, 8): met.insert(.step8)
      case (.sequence, 0): met.insert(.indentless)
      case (.sequence, 2): met.insert(.offset2)
      case (.sequence, 4): met.insert(.offset4)
      default: break
      }
    }
    return met
  }

  // MARK: The place

  private func siblings(of node: NodeID) -> [NodeID] {
    guard let parent = document.parent(of: node) else { return [] }
    return members(of: parent)
  }

  private func members(of container: NodeID) -> [NodeID] {
    document.kind(of: container) == .mapping
      ? document.entries(of: container).map(\.value) : document.items(of: container)
  }

  private func places(_ kind: RandomEdit.Kind) -> Set<Circumstance> {
    var met: Set<Circumstance> = []
    if let destination {
      let count = members(of: destination).count
      if count == 0 { met.insert(.intoEmpty) }
      if target.index == 0 { met.insert(.first) }
      if target.index == count { met.insert(.last) }
      if target.index > 0, target.index < count { met.insert(.middle) }
    }
    guard !isInsertion, let index = siblings(of: node).firstIndex(of: node) else { return met }
    let count = siblings(of: node).count
    if count == 1 {
      met.insert(.only)
      if [.remove, .moveToKey, .moveToList].contains(kind), document.parent(of: node) != destination {
        met.insert(.leavingEmpty)
      }
    } else {
      met.insert(index == 0 ? .first : index == count - 1 ? .last : .middle)
    }
    return met
  }

  private var file: Set<Circumstance> {
    var met: Set<Circumstance> = []
    let source = document.source
    let isLast = (isInsertion ? containers : [node]).contains { id in
      let end = document.nodes[id.index].end
      return !document.nodes.contains { $0.start > end && $0.kind != .document }
    }
    if isLast, let byte = source.last, !byte.isBreak { met.insert(.openEnd) }
    if document.roots.count > 1 { met.insert(target.path[0] == 0 ? .earlierDocument : .laterDocument) }
    if source.starts(with: [0xEF, 0xBB, 0xBF]) { met.insert(.byteOrderMark) }
    for (byte, next) in zip(source, source.dropFirst() + [0]) where byte == 13 {
      met.insert(next == 10 ? .crlf : .loneCR)
    }
    return met
  }

  // MARK: What it has

  /// The member itself; for what is new, those beside it.
  private var concerned: [NodeID] {
    guard isInsertion, let destination else { return [node] }
    let members = members(of: destination)
    return [target.index - 1, target.index].filter(members.indices.contains).map { members[$0] }
  }

  private var comments: Set<Circumstance> {
    var met: Set<Circumstance> = []
    for node in concerned {
      if document.comment(of: node, at: .head) != nil { met.insert(.head) }
      if document.comment(of: node, at: .line) != nil { met.insert(.lineComment) }
      if document.comment(of: node, at: .foot) != nil { met.insert(.foot) }
    }
    return met
  }

  private var anchors: Set<Circumstance> {
    var met: Set<Circumstance> = []
    for node in concerned {
      if document.anchor(of: node) != nil { met.insert(.anchored) }
      if !document.aliases(of: node).isEmpty { met.insert(.aliased) }
      if document.kind(of: node) == .alias { met.insert(.alias) }
      if below(node).contains(where: { document.anchor(of: $0) != nil }) { met.insert(.anchorBelow) }
    }
    for container in containers {
      if sequence(first: container, next: document.parent(of:)).contains(where: { document.anchor(of: $0) != nil }) {
        met.insert(.anchorAbove)
      }
      if document.entries(of: container).contains(where: { document.isMergeKey($0.key.raw) }) { met.insert(.merged) }
    }
    return met
  }

  private func below(_ node: NodeID) -> [NodeID] {
    var found: [NodeID] = []
    var open = members(of: node)
    while let next = open.popLast() {
      found.append(next)
      open += members(of: next)
    }
    return found
  }

  private func blockScalars(_ kind: RandomEdit.Kind) -> Set<Circumstance> {
    let hasSome = concerned.contains { concerned in
      ([concerned] + below(concerned)).contains { document.nodes[$0.index].isBlockScalar }
    }
    guard hasSome else { return [] }
    var met: Set<Circumstance> = [.blockScalar]
    if [.moveToKey, .moveToList, .copy].contains(kind), let destination, let parent = document.parent(of: node) {
      let depths = [destination, parent].map {
        sequence(first: $0, next: document.parent(of:)).reduce(0) { n, _ in n + 1 }
      }
      if depths[0] > depths[1] { met.insert(.deeper) }
      if depths[0] < depths[1] { met.insert(.shallower) }
    }
    return met
  }

  // MARK: JSON

  var separations: Set<Separation> {
    var met: Set<Separation> = []
    let text = String(decoding: document.source, as: UTF8.self)
    let hasBreaks = text.contains(where: \.isNewline)
    if !hasBreaks { met.insert(text.contains(" ") ? .oneLine : .compact) }
    if hasBreaks { met.insert(.pretty) }
    if text.contains(":   ") { met.insert(.aligned) }
    if document.format == .jsonc {
      for node in concerned {
        if document.comment(of: node, at: .head) != nil { met.insert(.headComment) }
        if document.comment(of: node, at: .line) != nil { met.insert(.lineComment) }
      }
      if containers.contains(where: hasTrailingComma) { met.insert(.trailingComma) }
    }
    return met
  }

  private func hasTrailingComma(_ container: NodeID) -> Bool {
    guard let last = members(of: container).last else { return false }
    let rest = document.source[Int(document.nodes[last.index].end)...].prefix {
      $0 != UInt8(ascii: "}") && $0 != UInt8(ascii: "]")
    }
    return rest.contains(UInt8(ascii: ","))
  }
}
