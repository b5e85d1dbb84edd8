import ConfigDocument
import TestSupport
import Testing

/// A text that shows one of the cases that break editors, and what of it the edits are made on.
struct Scene: Sendable {
  /// The number of the case.
  var number: Int
  var title: String
  var text: String
  var format = DocumentFormat.yaml
  /// The entry that is edited.
  var entry: String
  /// The item that is edited; nil where the case has nothing to do with lists.
  var item: String?
  /// Where entries are moved and copied to, and imported: a mapping of the document with that number.
  var target = "/other"
  var targetDocument = 0
  /// What scalars are set to.
  var value: Value = "new"
  /// The key that comes, in place of one that tells the edit.
  var key: String?
  /// Whether the mapping into which the entry is imported has that key.
  var collides = false
  /// The list that an item comes into; nil for the one that `item` is in.
  var list: String?
  /// The edits that cannot meet the case, and why.
  var unmet: [SceneEdit: String] = [:]
}

/// What is done to a scene.
enum SceneEdit: String, CaseIterable {
  case set, replace, insert, remove, rename, move, copy
  case insertItem = "insert item"
  case removeItem = "remove item"
  case reorder, comment, wrap, unwrap
  case importing = "import"
  case reconcile

  /// - Returns: what is rendered: the scene's document, or for an import the one that it came into.
  func made(on scene: Scene) throws -> (before: [UInt8], rendering: Rendering) {
    var document = try Document(Array(scene.text.utf8), as: scene.format, named: "file")
    let entry = document[scene.entry]
    func key(_ name: String) -> String { scene.key ?? name }
    func item() throws -> NodeID { document[try #require(scene.item)] }
    switch self {
    case .set: try document.set(entry, to: scene.value)
    case .replace: try document.set(entry, to: ["x": [1, scene.value]])
    case .insert:
      let mapping = try #require(document.parent(of: entry))
      try document.insert(scene.value, forKey: key("added"), into: mapping, at: .after(entry))
    case .remove: try document.remove(entry)
    case .rename: try document.rename(entry, to: key("renamed"))
    case .move: try document.move(entry, toKey: key("moved"), in: document[scene.target, root: scene.targetDocument])
    case .copy: try document.copy(entry, toKey: key("copied"), in: document[scene.target, root: scene.targetDocument])
    case .insertItem:
      if let list = scene.list {
        try document.insert(scene.value, into: document[list])
        break
      }
      let list = try #require(document.parent(of: item()))
      try document.insert(scene.value, into: list, at: .after(item()))
    case .removeItem: try document.remove(item())
    case .reorder:
      let list = try #require(document.parent(of: item()))
      let isLast = try document.items(of: list).last == item()
      try document.move(item(), into: list, at: isLast ? .first : .last)
    case .comment: try document.setComment("why", of: entry, at: .head)
    case .wrap: try document.wrap(entry, underKey: "value")
    case .unwrap: try document.unwrap(#require(document.parent(of: entry)), keeping: entry)
    case .importing:
      let text = scene.format == .yaml ? "z:\n    y: 1\n" : "{\n    \"z\": {\n        \"y\": 1\n    }\n}\n"
      var other = try Document(Array(text.utf8), as: scene.format, named: "other")
      try other.insert(entry, from: document, forKey: scene.collides ? "y" : key("taken"), into: other["/z"])
      return (other.source, try other.render())
    case .reconcile:
      let root = document.roots[0]
      try document.reconcile(root, with: scene.reconciled(document.value(of: root)))
    }
    return (document.source, try document.render())
  }
}

extension Scene {
  /// The data without the entry, which another one has in its place.
  fileprivate func reconciled(_ value: Value) -> Value {
    var tokens = entry.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map(String.init)
    return Self.changed(value, &tokens, to: self.value)
  }

  private static func changed(_ value: Value, _ tokens: inout [String], to new: Value) -> Value {
    let token = tokens.removeFirst()
    switch value {
    case .array(var items):
      let index = Int(token)!
      items[index] = changed(items[index], &tokens, to: new)
      return .array(items)
    case .object(var object):
      if tokens.isEmpty {
        object[token] = nil
        object["added"] = ["deep": new]
      } else {
        object[token] = object[token].map { changed($0, &tokens, to: new) }
      }
      return .object(object)
    default: return value
    }
  }
}
