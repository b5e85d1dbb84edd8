import Synchronization
import SystemPackage

@testable import ConfigStore

/// The system calls on a ``VolatileDisk``, with a power cut at the n-th one that changes it.
final class VolatileFileSystem: FileSystem {
  struct Machine {
    var disk: VolatileDisk
    var open: [Int32: (node: Int, offset: Int, appends: Bool)] = [:]
    var nextDescriptor: Int32 = 1_000
    var calls = 0
  }

  private let machine: Mutex<Machine>
  private let limit: Int

  /// - Parameter limit: The call in which the power is cut; none where it is not given.
  init(_ disk: VolatileDisk = VolatileDisk(), powerCutAt limit: Int = .max) {
    machine = Mutex(Machine(disk: disk))
    self.limit = limit
  }

  /// How many calls that change the disk were asked for.
  var calls: Int { machine.withLock { $0.calls } }
  var disk: VolatileDisk { machine.withLock { $0.disk } }

  private func read<Result>(_ body: (inout Machine) throws(Errno) -> Result) throws(Errno) -> Result {
    try machine.withLock { (machine) throws(Errno) -> Result in
      guard machine.calls < limit else { throw .ioError }
      return try body(&machine)
    }
  }

  private func change<Result>(_ body: (inout Machine) throws(Errno) -> Result) throws(Errno) -> Result {
    try machine.withLock { (machine) throws(Errno) -> Result in
      machine.calls += 1
      guard machine.calls < limit else { throw .ioError }
      return try body(&machine)
    }
  }

  func openRoot(_ path: FilePath) throws(Errno) -> FileDescriptor {
    try read { (machine) throws(Errno) in
      var node = VolatileDisk.root
      for component in path.components {
        node = try machine.entry(FileName(component.string.utf8)!, in: node)
      }
      return machine.openNode(node)
    }
  }

  func open(_ name: FileName, in directory: FileDescriptor, for purpose: OpenPurpose) throws(Errno) -> FileDescriptor {
    switch purpose {
    case .reading, .directory:
      return try read { (machine) throws(Errno) in
        let node = try machine.entry(name, in: machine.node(directory))
        guard purpose == .reading || machine.disk.nodes[node]?.kind == .directory else { throw .notDirectory }
        return machine.openNode(node)
      }
    case .creating(let mode), .appending(let mode), .overwriting(let mode):
      return try change { (machine) throws(Errno) in
        let parent = try machine.node(directory)
        if let present = machine.disk.nodes[parent]?.entries[name] {
          if case .creating = purpose { throw .fileExists }
          if case .overwriting = purpose { return machine.openNode(present) }
          return machine.openNode(present, appends: true)
        }
        let node = machine.disk.makeNode(.file, mode: mode)
        machine.disk.perform([(parent, name, node)])
        return machine.openNode(node, appends: true)
      }
    }
  }

  func close(_ descriptor: FileDescriptor) { machine.withLock { $0.open[descriptor.rawValue] = nil } }

  func read(_ descriptor: FileDescriptor, atMost count: Int) throws(Errno) -> [UInt8] {
    try read { (machine) throws(Errno) in
      let node = try machine.node(descriptor)
      guard machine.disk.nodes[node]?.kind == .file else { throw .isDirectory }
      let offset = machine.open[descriptor.rawValue]!.offset
      let bytes = Array(machine.disk.nodes[node]!.data.dropFirst(offset).prefix(count))
      machine.open[descriptor.rawValue]!.offset += bytes.count
      return bytes
    }
  }

  func read(_ descriptor: FileDescriptor, at offset: Int, atMost count: Int) throws(Errno) -> [UInt8] {
    try read { (machine) throws(Errno) in
      let node = try machine.node(descriptor)
      guard machine.disk.nodes[node]?.kind == .file else { throw .isDirectory }
      return Array(machine.disk.nodes[node]!.data.dropFirst(offset).prefix(count))
    }
  }

  func write(_ bytes: ArraySlice<UInt8>, to descriptor: FileDescriptor) throws(Errno) -> Int {
    try change { (machine) throws(Errno) in
      let node = try machine.node(descriptor)
      let (offset, appends) = (machine.open[descriptor.rawValue]!.offset, machine.open[descriptor.rawValue]!.appends)
      machine.disk.change(node) { node in
        let start = appends ? node.data.count : offset
        node.data = Array(node.data.prefix(start) + bytes + node.data.dropFirst(start + bytes.count))
      }
      machine.open[descriptor.rawValue]!.offset += bytes.count
      return bytes.count
    }
  }

  func truncate(_ descriptor: FileDescriptor, to size: Int) throws(Errno) {
    try change { (machine) throws(Errno) in
      machine.disk.change(try machine.node(descriptor)) { $0.data = Array($0.data.prefix(size)) }
    }
  }

  func sync(_ descriptor: FileDescriptor) throws(Errno) {
    try change { (machine) throws(Errno) in machine.disk.sync(try machine.node(descriptor)) }
  }

  func syncFileSystem(_ descriptor: FileDescriptor) throws(Errno) {
    try change { (machine) throws(Errno) in machine.disk.syncAll() }
  }

  func status(of descriptor: FileDescriptor) throws(Errno) -> FileStatus {
    try read { (machine) throws(Errno) in machine.status(try machine.node(descriptor)) }
  }

  func status(of name: FileName, in directory: FileDescriptor) throws(Errno) -> FileStatus {
    try read { (machine) throws(Errno) in
      machine.status(try machine.entry(name, in: try machine.node(directory)))
    }
  }

  func entries(of directory: FileDescriptor) throws(Errno) -> [FileName] {
    try read { (machine) throws(Errno) in Array(machine.disk.nodes[try machine.node(directory)]!.entries.keys) }
  }

  func realPath(of directory: FileDescriptor) throws(Errno) -> [UInt8] {
    try read { (machine) throws(Errno) in
      var node = try machine.node(directory)
      var path: [UInt8] = []
      while node != VolatileDisk.root {
        guard
          let (parent, name) = machine.disk.nodes.lazy.compactMap({ number, parent in
            parent.entries.first { $0.value == node }.map { (number, $0.key) }
          }).first
        else { throw .noSuchFileOrDirectory }
        path = [UInt8(ascii: "/")] + name.bytes + path
        node = parent
      }
      return path.isEmpty ? [UInt8(ascii: "/")] : path
    }
  }

  func readLink(_ name: FileName, in directory: FileDescriptor) throws(Errno) -> [UInt8] { throw .invalidArgument }

  func makeDirectory(_ name: FileName, in directory: FileDescriptor, mode: UInt32) throws(Errno) {
    try change { (machine) throws(Errno) in
      let parent = try machine.node(directory)
      guard machine.disk.nodes[parent]?.entries[name] == nil else { throw .fileExists }
      let node = machine.disk.makeNode(.directory, mode: mode)
      machine.disk.perform([(parent, name, node)])
    }
  }

  func rename(
    _ name: FileName, in directory: FileDescriptor, to newName: FileName, in newDirectory: FileDescriptor,
    as manner: RenameManner
  ) throws(Errno) {
    try change { (machine) throws(Errno) in
      let (from, to) = (try machine.node(directory), try machine.node(newDirectory))
      let node = try machine.entry(name, in: from)
      let other = machine.disk.nodes[to]?.entries[newName]
      if manner == .onlyIfAbsent, other != nil { throw .fileExists }
      if manner == .exchanging, other == nil { throw .noSuchFileOrDirectory }
      machine.disk.perform([(from, name, manner == .exchanging ? other : nil), (to, newName, node)])
    }
  }

  func link(
    _ name: FileName, in directory: FileDescriptor, to newName: FileName, in newDirectory: FileDescriptor
  ) throws(Errno) {
    try change { (machine) throws(Errno) in
      let to = try machine.node(newDirectory)
      guard machine.disk.nodes[to]?.entries[newName] == nil else { throw .fileExists }
      machine.disk.perform([(to, newName, try machine.entry(name, in: try machine.node(directory)))])
    }
  }

  func removeFile(_ name: FileName, in directory: FileDescriptor) throws(Errno) {
    try change { (machine) throws(Errno) in
      let parent = try machine.node(directory)
      _ = try machine.entry(name, in: parent)
      machine.disk.perform([(parent, name, nil)])
    }
  }

  func removeDirectory(_ name: FileName, in directory: FileDescriptor) throws(Errno) {
    try change { (machine) throws(Errno) in
      let parent = try machine.node(directory)
      let node = try machine.entry(name, in: parent)
      guard machine.disk.nodes[node]!.entries.isEmpty else { throw .directoryNotEmpty }
      machine.disk.perform([(parent, name, nil)])
    }
  }

  func setMode(of descriptor: FileDescriptor, to mode: UInt32) throws(Errno) {
    try change { (machine) throws(Errno) in
      machine.disk.change(try machine.node(descriptor)) { $0.attributes.mode = mode }
    }
  }

  func setOwner(of descriptor: FileDescriptor, to owner: UInt32, group: UInt32) throws(Errno) {
    try change { (machine) throws(Errno) in
      machine.disk.change(try machine.node(descriptor)) {
        $0.attributes.owner = owner
        $0.attributes.group = group
      }
    }
  }

  func setModified(of descriptor: FileDescriptor, to time: Timestamp) throws(Errno) {
    try change { (machine) throws(Errno) in
      machine.disk.change(try machine.node(descriptor)) { $0.attributes.modified = time }
    }
  }

  func extendedAttributes(of descriptor: FileDescriptor) throws(Errno) -> [ExtendedAttribute] { [] }
  func setExtendedAttribute(_ attribute: ExtendedAttribute, of descriptor: FileDescriptor) throws(Errno) {}
  func removeExtendedAttribute(named name: String, of descriptor: FileDescriptor) throws(Errno) {}

  func lock(_ descriptor: FileDescriptor, _ strength: LockStrength) throws(Errno) -> Bool { true }
}

extension VolatileFileSystem.Machine {
  func node(_ descriptor: FileDescriptor) throws(Errno) -> Int {
    guard let node = open[descriptor.rawValue]?.node else { throw .badFileDescriptor }
    return node
  }

  func entry(_ name: FileName, in directory: Int) throws(Errno) -> Int {
    guard let node = disk.nodes[directory]?.entries[name] else { throw .noSuchFileOrDirectory }
    return node
  }

  func status(_ number: Int) -> FileStatus {
    let node = disk.nodes[number]!
    let links = disk.nodes.values.reduce(0) { $0 + $1.entries.values.count { $0 == number } }
    return FileStatus(
      kind: node.kind, device: 1, inode: UInt64(number), size: node.data.count, links: links,
      attributes: node.attributes, changed: node.changed)
  }

  mutating func openNode(_ node: Int, appends: Bool = false) -> FileDescriptor {
    defer { nextDescriptor += 1 }
    open[nextDescriptor] = (node, 0, appends)
    return FileDescriptor(rawValue: nextDescriptor)
  }
}
