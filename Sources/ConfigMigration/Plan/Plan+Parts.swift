import ConfigDocument

extension Plan {
  /// Adds the plan of other files of the same set, made by the same chain from the same version.
  ///
  /// It is the plan of all of them where no operation looks from one file to another; see
  /// ``Registry/worksFileByFile(_:)``.
  package mutating func append(_ part: Plan) {
    let part = part.renumbered(among: &authors)
    files += part.files
    warnings += part.warnings.filter { !warnings.contains($0) }
    for note in part.notes { append(note) }
    validation.source += part.validation.source
    validation.target += part.validation.target
    validation.between += part.validation.between
    hidesSecrets = hidesSecrets || part.hidesSecrets
    for index in steps.indices where part.steps.indices.contains(index) {
      steps[index].operations.join(part.steps[index].operations)
    }
    conflicts += part.conflicts
  }

  /// The same plan with the authors' numbers of another one, to which those that it does not have are added.
  private func renumbered(among known: inout [AuthorRecord]) -> Plan {
    var names: [EditAuthor: EditAuthor] = [:]
    for record in authors {
      let same = known.first {
        $0.transformer == record.transformer && $0.operation == record.operation && $0.place == record.place
      }
      var added = record
      added.author = EditAuthor(rawValue: (known.map(\.author.rawValue).max() ?? 0) + 1)
      if same == nil { known.append(added) }
      names[record.author] = same?.author ?? added.author
    }
    var plan = self
    for index in plan.files.indices {
      for change in plan.files[index].changes.indices {
        let author = plan.files[index].changes[change].author
        plan.files[index].changes[change].author = names[author] ?? author
      }
      for edit in plan.files[index].edits.indices {
        let author = plan.files[index].edits[edit].author
        plan.files[index].edits[edit].author = names[author] ?? author
      }
      for leaf in (plan.files[index].ledger?.leaves ?? []).indices {
        guard let author = plan.files[index].ledger?.leaves[leaf].author else { continue }
        plan.files[index].ledger?.leaves[leaf].author = names[author] ?? author
      }
    }
    for index in plan.steps.indices {
      plan.steps[index].operations = plan.steps[index].operations.map { $0.renamed(names) }
    }
    return plan
  }

  /// A note that speaks of several places speaks of those of all parts.
  private mutating func append(_ note: MigrationNote) {
    let known = notes.firstIndex {
      $0.message == note.message && $0.transformer == note.transformer && $0.level == note.level && $0.code == note.code
    }
    if let known { notes[known].places += note.places } else { notes.append(note) }
  }

  /// Lets no diff of these files be applied, since another one of the plan is for reading alone.
  package mutating func showDiffsForReading(_ indices: Range<Int>) {
    for index in indices where files[index].isChanged { files[index].diff = Self.forReading(files[index].diff) }
  }

  /// The same lines under headings that no program takes for those of a patch. They are not drawn anew: what was left out of
  /// them may have been left out for a secret.
  private static func forReading(_ diff: [UInt8]) -> [UInt8] {
    let mark = Array("@@".utf8)
    let lines = diff.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    return Array(
      lines.map { line in
        // A line of a file has a space, a plus or a minus in front.
        guard line.starts(with: mark + [UInt8(ascii: " ")]) else { return Array(line) }
        return [UInt8(ascii: "@")] + line + (line.suffix(2).elementsEqual(mark) ? [UInt8(ascii: "@")] : [])
      }.joined(separator: [UInt8(ascii: "\n")]))
  }
}

extension Plan.OperationOutcome {
  fileprivate func renamed(_ names: [EditAuthor: EditAuthor]) -> Self {
    var outcome = self
    outcome.author = author.map { names[$0] ?? $0 }
    outcome.inner = inner.map { $0.renamed(names) }
    return outcome
  }
}

extension [Plan.OperationOutcome] {
  /// Adds what the same operations found elsewhere.
  mutating func join(_ others: Self) {
    for index in 0..<Swift.min(count, others.count) {
      self[index].matches += others[index].matches
      if self[index].author == nil { self[index].author = others[index].author }
      if !others[index].inner.isEmpty { self[index].inner.join(others[index].inner) }
    }
  }
}

extension Registry {
  /// Whether a chain can be run on one file after the other: every file is a configuration of its own, none says the
  /// version, and no operation names a file, or asks something of the set as a whole.
  package func worksFileByFile(_ chain: [Transformer]) -> Bool {
    let standsAlone = product.files.allSatisfy { if case .standalone = $0.layer { true } else { false } }
    guard standsAlone, !product.saysVersionInFiles else { return false }
    return chain.allSatisfy { transformer in
      guard case .operations(let operations) = transformer.steps else { return false }
      return operations.allSatisfy(\.staysInFile)
    }
  }
}

extension Product {
  /// Whether the version stands in files of the set, and not beside it.
  fileprivate var saysVersionInFiles: Bool { versions.places.contains { $0.file?.text != "cfgmigrate.yaml" } }
}

extension Operation {
  /// Whether what it does to a document depends on nothing but that document.
  fileprivate var staysInFile: Bool {
    guard name != "file", name != "custom", !modifiers.required else { return false }
    let footprint = body.footprint
    let addresses = body.sources + footprint.reads + footprint.takes + footprint.makes
    return addresses.allSatisfy { $0.file == nil && $0.document == nil } && inner.allSatisfy(\.staysInFile)
  }
}
