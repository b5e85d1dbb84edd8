import ConfigDocument

/// Takes a set that a transformer brought up down again, and compares it with what it was.
///
/// Where the run is on record every byte must come back, also under an edit since; without a record the values must, where
/// the transformer says that nothing is missing.
struct WayBackTrial {
  let product: Product
  let planner: Planner
  let transformer: Transformer
  let start: Version

  /// What does not come back; nil where all does.
  func failure(of plan: Plan, from set: ConfigurationSet) throws(Diagnostic) -> Diagnostic? {
    if let different = try fileThatDiffers(edited: plan, from: set) {
      return Diagnostic(
        .wayBackDiffers, "`\(different)` does not come back as it was, although the run is on record",
        hint: "this is a fault of cfgmigrate; please report it with the set")
    }
    guard transformer.gaps.isEmpty else { return nil }
    let back = try planner.plan(ConfigurationSet(product: product, files: plan.result), to: start.label)
    guard back.losses.isEmpty else { return nil }
    for file in set.files {
      guard let returned = back.files.first(where: { $0.newPath == file.path }),
        try values(of: returned.new, file.path) == values(of: file.bytes, file.path)
      else {
        return Diagnostic(
          .wayBackDiffers, "`\(file.path)` comes back with other values where nothing was recorded",
          hint: "look at the `reverse` of its operations, or say with `lossy` what is lost")
      }
    }
    return nil
  }

  /// Goes down by a record, with a comment that somebody wrote since into each YAML file.
  private func fileThatDiffers(edited plan: Plan, from set: ConfigurationSet) throws(Diagnostic) -> String? {
    func edited(_ bytes: [UInt8], _ path: String) -> [UInt8] {
      product.format(of: path) == .yaml ? Array("# since\n".utf8) + bytes : bytes
    }
    let record = RecordedRun(
      name: "drawn", chain: [transformer.id],
      files: plan.files.filter(\.isChanged).flatMap { file -> [RecordedRun.File] in
        guard file.oldPath != file.newPath, let old = file.oldPath, let new = file.newPath else {
          return [
            .init(
              path: file.path, before: file.oldPath.map { _ in file.old }, after: file.newPath.map { _ in file.new })
          ]
        }
        return [.init(path: old, before: file.old, after: nil), .init(path: new, before: nil, after: file.new)]
      })
    let files = plan.result.map { (path: $0.path, bytes: edited($0.bytes, $0.path)) }
    let back = try planner.plan(
      ConfigurationSet(product: product, files: files), to: start.label, records: [record])
    return set.files.first { file in
      guard let returned = back.files.first(where: { $0.newPath == file.path }) else { return true }
      let stayed = plan.files.contains { $0.newPath == file.path }
      return returned.new != (stayed ? edited(file.bytes, file.path) : file.bytes)
    }?.path
  }

  private func values(of bytes: [UInt8], _ path: String) throws(Diagnostic) -> [Value] {
    let document = try Document(bytes, as: product.format(of: path), named: path, yaml: product.yaml)
    return document.roots.map { document.value(of: $0) }
  }
}

extension Plan {
  /// The files after it.
  fileprivate var result: [(path: String, bytes: [UInt8])] {
    files.compactMap { file in file.newPath.map { ($0, file.new) } }
  }
}
