import ConfigDocument

/// A way down, transformer by transformer.
///
/// Where the run that went up is on record, its bytes of before and after are known. The inverse of a transformer is run on
/// what the run left and on what is there now; what it does not bring back is the difference between the first result and the
/// bytes of before, and what was edited since is the difference between the two results. Both are put together.
struct Descent {
  let planner: Planner
  let way: MigrationWay
  /// The runs that can be of use, newest first.
  let records: [RecordedRun]
  let choice: ConflictChoice?

  var files: FileBytes
  /// What becomes of every scalar of the set.
  var journey: LeafJourney
  var findings: [Diagnostic] = []
  var gaps: [Plan.Loss] = []
  var conflicts: [Plan.Conflict] = []
  /// Whether a record said what each transformer did.
  var isRecorded = true

  init(
    _ planner: Planner, _ way: MigrationWay, from set: ConfigurationSet, records: [RecordedRun], choice: ConflictChoice?
  ) {
    self.planner = planner
    self.way = way
    self.records = records
    self.choice = choice
    files = Dictionary(set.files.map { ($0.path, $0.bytes) }) { first, _ in first }
    journey = LeafJourney(of: set)
  }

  /// One or more transformers between two known forms of the set.
  private struct Segment {
    var transformers: [Transformer]
    var traces: [MigrationTrace?]
    var older: FileBytes
    var newer: FileBytes
    var run: String
  }

  mutating func run() throws(Diagnostic) {
    var index = 0
    var records = records[...]
    while index < way.transformers.count {
      var rest = Array(way.transformers[index...])
      if let record = records.first, record.chain.contains(rest[0].id),
        let segments = try segments(of: record, for: &rest)
      {
        records = records.dropFirst()
        for segment in segments {
          try go(down: segment, from: index)
          index += segment.transformers.count
        }
      } else {
        let transformer = rest[0]
        isRecorded = false
        gaps += transformer.gaps.map { Plan.Loss(transformer: transformer.id, gap: $0) }
        let undone = try planner.undo(transformer, to: version(after: index), on: files, replaying: nil)
        files = undone.files
        journey.follow(undone.moves, by: undone.authors)
        findings += undone.findings
        index += 1
      }
    }
  }

  /// The version that undoing the transformer at `index` leads to, where nothing on record says it.
  private func version(after index: Int) throws(Diagnostic) -> Version {
    let transformer = way.transformers[index]
    if index + 1 < way.transformers.count { return way.transformers[index + 1].to }
    if let downTo = transformer.downTo, !planner.registry.transformers.contains(where: { $0.to == way.goal }),
      let version = Version(downTo, scheme: planner.registry.product.versions.scheme)
    {
      return version
    }
    return way.goal
  }

  /// The forms of the set that a run went through, newest first; nil where its transformers do not reproduce it.
  private mutating func segments(
    of record: RecordedRun, for rest: inout [Transformer]
  ) throws(Diagnostic) -> [Segment]? {
    let chain = record.chain.reversed().map { id in planner.registry.transformers.first { $0.id == id } }
    let known = chain.compactMap(\.self)
    // A way down may have started above where the set is now.
    let undone = known.prefix { $0.id != rest[0].id }.count
    let count = zip(known.dropFirst(undone), rest).prefix { $0.id == $1.id }.count
    guard known.count == chain.count, count > 0, count == min(known.count - undone, rest.count) else { return nil }
    let (before, after) = (form(of: record, \.before), form(of: record, \.after))
    var forms = [before]
    var traces: [MigrationTrace] = []
    let reproduced: Bool
    do throws(Diagnostic) {
      for transformer in known.reversed() {
        let step = try planner.redo(transformer, on: forms[forms.count - 1])
        forms.append(step.files)
        traces.append(step.trace)
      }
      reproduced = forms.last == after
    } catch { reproduced = false }
    if reproduced {
      return (0..<count).map { offset in
        let newer = forms.count - 1 - undone - offset
        return Segment(
          transformers: [known[undone + offset]], traces: [traces[newer - 1]], older: forms[newer - 1],
          newer: forms[newer],
          run: record.name)
      }
    }
    findings.append(
      Diagnostic(
        .recordUnusable, "the transformers do not give again what run \(record.name) wrote", severity: .warning,
        hint: "they were changed since; only the forms before and after the whole run are known"))
    guard count == known.count, undone == 0 else { return nil }
    return [
      Segment(
        transformers: known, traces: Array(repeating: nil, count: count), older: before, newer: after, run: record.name)
    ]
  }

  /// The whole set as it was before or after the run; what the run did not change is as it is now.
  private func form(of record: RecordedRun, _ side: KeyPath<RecordedRun.File, [UInt8]?>) -> FileBytes {
    var form = files
    // The record of a version that the set does not say itself is no file of it.
    for file in record.files where planner.registry.product.part(of: file.path) != nil {
      form[file.path] = file[keyPath: side]
    }
    return form
  }

  private mutating func go(down segment: Segment, from index: Int) throws(Diagnostic) {
    guard files != segment.newer else {
      try follow(segment, from: index)
      files = segment.older
      return
    }
    let edited = files
    let known = conflicts.count
    var (base, ours) = (segment.newer, files)
    for (offset, transformer) in segment.transformers.enumerated() {
      let version = try version(after: index + offset)
      let trace = segment.traces[offset]
      let expected = try planner.undo(transformer, to: version, on: base, replaying: trace)
      base = expected.files
      let undone = try planner.undo(
        transformer, to: version, on: ours, replaying: trace, dropsStranded: choice?.side != .ours)
      ours = undone.files
      journey.follow(undone.moves, by: undone.authors)
      // What is lost of what the upgrade itself wrote is no loss.
      findings += undone.findings.filter { finding in !expected.findings.contains { $0.message == finding.message } }
      conflicts += undone.stranded.map {
        Plan.Conflict($0.conflict, in: $0.path, product: planner.registry.product)
      }
    }
    var merged: FileBytes = [:]
    for path in Set(ours.keys).union(segment.older.keys).sorted() {
      merged[path] = try merge(path, base: base[path], ours: ours[path], theirs: segment.older[path])
    }
    try settle(from: ours, to: merged, after: segment)
    if choice == .markers { try mark(conflicts.indices.dropFirst(known), in: &merged) }
    files = merged
    for path in edited.keys.sorted() where edited[path] != segment.newer[path] {
      try reportComments(
        in: path, written: edited[path] ?? [], since: segment.newer[path] ?? [], lostIn: merged[path] ?? [])
    }
  }

  /// Tells what the inverse operations would make of the form that a run left, where the record alone gives the one before it.
  private mutating func follow(_ segment: Segment, from index: Int) throws(Diagnostic) {
    var followed = journey
    var form = files
    do throws(Diagnostic) {
      for (offset, transformer) in segment.transformers.enumerated() {
        let undone = try planner.undo(
          transformer, to: version(after: index + offset), on: form, replaying: segment.traces[offset])
        form = undone.files
        followed.follow(undone.moves, by: undone.authors)
      }
      journey = followed
    } catch {
      // The record needs no inverse that works.
      form = files
    }
    try settle(from: form, to: segment.older, after: segment)
  }

  /// What the inverse operations do not tell is the record's.
  private mutating func settle(
    from form: FileBytes, to result: FileBytes, after segment: Segment
  ) throws(Diagnostic) {
    guard form != result else { return }
    let product = planner.registry.product
    let steps = segment.transformers
    let record = AuthorRecord(
      author: EditAuthor(rawValue: 0), transformer: "\(steps[0].to) → \(steps[steps.count - 1].from.label)",
      operation: "record", place: nil)
    let (old, new) = (
      try LeafJourney.Forms(form, of: product), try LeafJourney.Forms(result, of: product)
    )
    journey.settle(from: old, to: new, by: record)
  }

  /// Says in the files what is left to decide.
  private mutating func mark(_ indices: Range<Int>, in files: inout FileBytes) throws(Diagnostic) {
    for index in indices {
      let path = conflicts[index].path
      guard let bytes = files[path] else { continue }
      var marked = try document(bytes, path)
      conflicts[index].isMarked = ConflictMarker(conflict: conflicts[index]).write(into: &marked)
      if conflicts[index].isMarked { files[path] = try marked.render().bytes }
    }
  }

  /// Tells of the comments that were written since and that the older form does not have.
  private mutating func reportComments(
    in path: String, written: [UInt8], since: [UInt8], lostIn result: [UInt8]
  ) throws(Diagnostic) {
    let stranded = ThreeWayMerge.comments(
      writtenIn: try document(written, path), since: try document(since, path), absentFrom: try document(result, path))
    findings += stranded.map {
      Diagnostic(
        .commentStranded, "the comment `\($0)` of \(path) finds no place in the older form", severity: .warning,
        hint: "it is in the backup of this run")
    }
  }

  private func document(_ bytes: [UInt8], _ path: String) throws(Diagnostic) -> Document {
    let product = planner.registry.product
    return try Document(bytes, as: product.format(of: path), named: path, yaml: product.yaml)
  }

  private mutating func merge(
    _ path: String, base: [UInt8]?, ours: [UInt8]?, theirs: [UInt8]?
  ) throws(Diagnostic) -> [UInt8]? {
    if ours == base { return theirs }
    if theirs == base { return ours }
    guard let ours, let theirs else {
      conflicts.append(
        Plan.Conflict(
          MergeConflict(pointer: Pointer(), base: nil, ours: nil, theirs: nil), in: path,
          product: planner.registry.product))
      return choice == .ours ? ours : theirs
    }
    let product = planner.registry.product
    let merge = try ThreeWayMerge(
      base: document(base ?? [], path), ours: document(ours, path), theirs: document(theirs, path),
      preferring: choice?.side ?? .theirs)
    conflicts += merge.conflicts.map { Plan.Conflict($0, in: path, product: product) }
    return merge.bytes
  }
}
