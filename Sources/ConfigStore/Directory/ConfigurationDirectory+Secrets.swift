internal import ConfigDocument
internal import ConfigMigration
internal import ConfigSchema

extension ConfigurationDirectory {
  /// Does `body`; an error that it throws shows no secret of the set.
  func hidingSecrets<Result>(_ body: () throws(Diagnostic) -> Result) throws(Diagnostic) -> Result {
    do throws(Diagnostic) { return try body() } catch {
      throw hidden(error)
    }
  }

  /// The secrets of the set as it is and, with a plan, as it will be; nil where there are none, or they are to be shown.
  func secrets(of set: ConfigurationSet, and plan: Plan? = nil, schemas: [Schema]) throws(Diagnostic) -> SetSecrets? {
    guard !showsSecrets else { return nil }
    var sets = [set]
    if let plan, plan.changesAnything {
      let changed = plan.files.filter(\.isChanged)
      sets.append(try ConfigurationSet(product: set.product, files: changed.map { ($0.path, $0.new) }))
    }
    let key = try secretKey()
    return try SetSecrets(of: sets, schemas: schemas, tag: { key.tag(of: $0) })
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

  private func hidden(_ failure: Diagnostic) -> Diagnostic {
    guard !showsSecrets else { return failure }
    guard let listing = try? list(), parts(of: listing).count == 1, let set = try? read(listing.files) else {
      return hiddenUnread(failure)
    }
    // What is wrong with the version or its schema may be the very failure.
    let schema = (try? set.version()).flatMap { try? product.schema(for: $0.version)?.schema }
    do throws(Diagnostic) {
      return try secrets(of: set, schemas: schema.map { [$0] } ?? [])?.hidden(failure) ?? failure
    } catch {
      return hiddenUnread(failure)
    }
  }

  /// Where the files cannot be read, only their keys tell which lines may hold a secret.
  private func hiddenUnread(_ error: Diagnostic) -> Diagnostic {
    var error = error
    if let place = error.place { error.place = hiddenUnread(place) }
    error.related = error.related.map { .init($0.message, at: hiddenUnread($0.place)) }
    return error
  }

  private func hiddenUnread(_ place: SourcePlace) -> SourcePlace {
    let line = place.lineText.lowercased()
    let names = product.product.secrets.compactMap { $0.lastKey?.lowercased() }
    guard names.contains(where: { line.contains($0) }) else { return place }
    var place = place
    place.lineText = ""
    return place
  }
}

extension AddressPattern {
  /// The last key that it names.
  fileprivate var lastKey: String? {
    tokens.reversed().lazy.compactMap { if case .key(let key) = $0 { key } else { nil } }.first
  }
}
