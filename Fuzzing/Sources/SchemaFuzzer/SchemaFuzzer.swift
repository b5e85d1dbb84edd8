import ConfigDocument
import ConfigSchema

/// Compiles the first half of the input as a schema, checks the second half by it, and holds what is said to its laws.
///
/// The first byte chooses the edition, whether formats are checked, and the seed of what is drawn; a zero byte parts
/// schema and instance, both of which are YAML or JSON.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count >= 2 else { return 0 }
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  let halves = input[1...].split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false).map(Array.init)
  guard let written = read(halves[0]), let schema = compile(written, choice: input[0]) else { return 0 }
  draw(schema, seed: UInt64(input[0]))
  guard halves.count == 2, let instance = read(halves[1]) else { return 0 }
  judge(instance, by: schema)
  if let other = compile(instance, choice: input[0]) { compare(schema, other) }
  return 0
}

private func read(_ text: [UInt8]) -> ValueTree? {
  let isJSON = text.first == UInt8(ascii: "{")
  guard let document = try? Document(text, as: isJSON ? .jsonc : .yaml, named: "fuzz") else { return nil }
  return try? ValueTree(document)
}

private func compile(_ written: ValueTree, choice: UInt8) -> Schema? {
  var options = Schema.Options()
  options.draft = SchemaDraft.allCases[Int(choice & 7) % SchemaDraft.allCases.count]
  options.assertsFormats = choice & 8 == 0
  options.assertsContents = choice & 16 != 0
  do throws(Diagnostic) {
    return try Schema.compile(written, options: options)
  } catch {
    precondition(!error.message.isEmpty, "a fault without a message")
    return nil
  }
}

/// The two evaluators agree, whatever the schema means.
private func judge(_ instance: ValueTree, by schema: Schema) {
  let violations = schema.validate(instance)
  for violation in violations { precondition(!violation.message.isEmpty, "a violation without a message") }
  do throws(Diagnostic) {
    let verdict = try schema.isValid(instance)
    precondition(verdict == violations.isEmpty, "one evaluator says \(verdict), the other \(violations)")
  } catch {
    precondition(error.code == .schemaLimit && !violations.isEmpty, "\(error)")
  }
  _ = schema.secrets(in: instance)
}

/// What is drawn is valid, and so is the reader's idea of it.
private func draw(_ schema: Schema, seed: UInt64) {
  var generator = InstanceGenerator(schema, seed: seed)
  guard let value = generator.next() else { return }
  let tree = ValueTree(value)
  guard let verdict = try? schema.isValid(tree) else { return }
  precondition(verdict, "drew \(value), which is not valid")
  precondition(schema.validate(tree).isEmpty, "drew \(value), of which it says \(schema.validate(tree))")
}

/// A witness shows what it is said to show, and nothing that is drawn shows a proof wrong.
private func compare(_ old: Schema, _ new: Schema) {
  switch SchemaComparison(old: old, new: new, effort: 400).verdict {
  case .unknown: break
  case .incompatible(let witness):
    let tree = ValueTree(witness)
    precondition((try? old.isValid(tree)) == true && (try? new.isValid(tree)) == false, "\(witness) shows nothing")
  case .compatible:
    var generator = InstanceGenerator(old, seed: 2)
    for _ in 0..<10 {
      guard let value = generator.next() else { break }
      precondition((try? new.isValid(ValueTree(value))) != false, "\(value) was proved not to be there")
    }
  }
}
