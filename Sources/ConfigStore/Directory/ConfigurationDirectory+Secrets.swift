internal import ConfigDocument
internal import ConfigMigration
internal import ConfigSchema

extension ConfigurationDirectory {
  /// Does `body`; an error that it throws shows no secret of the set, nor of what a plan makes of it.
  func hidingSecrets<Result>(
    of plan: Plan? = nil, _ body: () throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    do throws(Diagnostic) { return try body() } catch {
      throw hidden(error, plan)
    }
  }

  /// The secrets of the set as it is and, with a plan, as it will be; nil where there are none, or they are to be shown.
  ///
  /// - Parameter records: runs whose bytes may be shown as well.
  func secrets(
    of set: ConfigurationSet, and plan: Plan? = nil, records: [RecordedRun] = [], schemas: [Schema]
  ) throws(Diagnostic) -> SetSecrets? {
    guard !showsSecrets else { return nil }
    var sets = [set]
    if let plan, plan.changesAnything {
      try sets.append(
        contentsOf: partial(
          plan.files.filter(\.isChanged).compactMap { file in file.newPath.map { ($0, file.new) } }))
    }
    for record in records {
      try sets.append(contentsOf: partial(record.files.compactMap { file in file.before.map { (file.path, $0) } }))
      try sets.append(contentsOf: partial(record.files.compactMap { file in file.after.map { (file.path, $0) } }))
    }
    return try secrets(of: sets, schemas: schemas)
  }

  func secrets(of sets: [ConfigurationSet], schemas: [Schema]) throws(Diagnostic) -> SetSecrets? {
    let key = try secretKey()
    return try SetSecrets(of: sets, schemas: schemas, tag: { key.tag(of: $0) })
  }

  /// Some files of the set, with other contents; none where no one of them is a part of it.
  private func partial(_ files: [(path: String, bytes: [UInt8])]) throws(Diagnostic) -> [ConfigurationSet] {
    let files = files.filter { product.product.rule(for: $0.path) != nil }
    return files.isEmpty ? [] : [try ConfigurationSet(product: product.product, files: files)]
  }

  private func secretKey() throws(Diagnostic) -> SecretKey {
    guard let state = try StateDirectory(readingIn: history.transactions.root) else { return .ofThisProcess }
    return try SecretKey(of: state) ?? .ofThisProcess
  }

  /// Gives the directory a key of its own, so that the tags of today are those of tomorrow. Where that fails, tags differ
  /// from run to run, and nothing else.
  func keepSecretKey() {
    try? history.transactions.locked { (state) throws(Diagnostic) in try SecretKey.make(in: state) }
  }

  private func hidden(_ failure: Diagnostic, _ plan: Plan?) -> Diagnostic {
    guard !showsSecrets else { return failure }
    guard let listing = try? list(), parts(of: listing).count == 1, let set = try? read(listing.files),
      // What is wrong with the version or its schema may be the very failure, so all of them are asked.
      let schemas = try? product.allSchemas()
    else { return hiddenUnread(failure) }
    do throws(Diagnostic) {
      return try secrets(of: set, and: plan, schemas: schemas)?.hidden(failure) ?? failure
    } catch {
      return hiddenUnread(failure)
    }
  }

  private func hiddenUnread(_ error: Diagnostic) -> Diagnostic {
    product.hidden(error) { path in
      RelativePath(path).flatMap { try? history.transactions.root.contents(at: $0)?.bytes }
    }
  }
}
