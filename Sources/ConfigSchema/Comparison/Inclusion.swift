import ConfigDocument

/// Decides whether all that some subschemas of one schema accept is accepted by a subschema of the other.
///
/// What is asked is taken apart by the keywords of the target: types, bounds, members, items, forms. A part that cannot be
/// proved gives a value of its own that shows why, and around it the document is built up again; on each level the value
/// is checked by both sides, so that what is reported to fail does fail. What is proved rests on facts of the premise
/// alone; facts that are not understood are left out, which can only make a proof harder.
struct Inclusion {
  enum Answer {
    case holds
    /// The premise accepts the value, and the target does not.
    case fails(Value)
    case open(Doubt)
  }

  /// The first keyword that could not be decided.
  struct Doubt: Hashable {
    var keyword: String
    var place: String
  }

  private struct Question: Hashable {
    var premise: Premise
    var target: Int32
  }

  let programs: [SchemaSide: Program]
  let classes: SubschemaClasses
  var generators: [SchemaSide: InstanceGenerator]
  /// How many questions may still be asked.
  private var effort: Int
  /// The questions that are being answered, with their depth. One that comes up within itself is about a smaller part of
  /// the document, and may be taken to hold: a smallest document against it could not have a smaller one in it.
  private var pending: [Question: Int] = [:]
  /// The least depth of a pending question on which the present answer rests.
  private var support = Int.max
  private var known: [Question: Answer] = [:]

  init(old: Schema, new: Schema, effort: Int, seed: UInt64) {
    programs = [.old: old.program, .new: new.program]
    classes = SubschemaClasses(old.program, new.program)
    generators = [.old: InstanceGenerator(old, seed: seed), .new: InstanceGenerator(new, seed: seed)]
    self.effort = effort
  }

  func program(_ side: SchemaSide) -> Program { programs[side]! }

  /// Whether the target, a subschema of the other side, accepts all that the premise does.
  mutating func decide(_ given: Premise, _ target: Int32) -> Answer {
    effort -= 1
    let side = given.side.other
    guard effort > 0, pending.count < 200 else { return .open(doubt("$ref", side, target)) }
    let premise = expanded(given)
    if premise.isImpossible { return .holds }
    let record = program(side).subschemas[Int(target)]
    if record.isTypeOnly, !record.isNever, acceptsTypes(of: premise, record) { return .holds }
    if premise.parts.contains(where: { classes.same(premise.side, $0, target) }) { return .holds }
    let question = Question(premise: premise, target: target)
    if let answer = known[question] { return answer }
    if let depth = pending[question] {
      support = min(support, depth)
      return .holds
    }
    let depth = pending.count
    pending[question] = depth
    let outer = support
    support = .max
    let answer = judge(premise, target, record)
    pending[question] = nil
    // An answer that rests on a question further out stands only as long as that one does.
    if case .holds = answer, support < depth {} else { known[question] = answer }
    support = min(outer, support < depth ? support : .max)
    return answer
  }

  private mutating func judge(_ premise: Premise, _ target: Int32, _ record: Subschema) -> Answer {
    if let values = finiteValues(of: premise) { return judge(values, premise, target) }
    if record.isNever {
      return search(premise, target).map(Answer.fails) ?? .open(doubt("false", premise.side.other, target))
    }
    // Forms on the right want to know which form is given.
    let wantsForms = hasForms(record, premise.side.other)
    if wantsForms, let answer = split(premise, target) { return answer }
    let direct = judgeKeywords(premise, target, record)
    guard case .open = direct else { return direct }
    if !wantsForms, let answer = split(premise, target) { return answer }
    return direct
  }

  private mutating func judge(_ values: [Value], _ premise: Premise, _ target: Int32) -> Answer {
    for value in values {
      switch accepts(premise.side.other, target, value) {
      case true?: continue
      case false?: return .fails(value)
      case nil: return .open(doubt("pattern", premise.side.other, target))
      }
    }
    return .holds
  }

  private func hasForms(_ record: Subschema, _ side: SchemaSide) -> Bool {
    guard record.inPlace >= 0 else { return false }
    let checks = program(side).inPlace[Int(record.inPlace)]
    return checks.anyOf.count + checks.oneOf.count > 0 || checks.condition >= 0
  }

  /// Asks about each form that the premise can have; nil where it has only one.
  private mutating func split(_ premise: Premise, _ target: Int32) -> Answer? {
    let cases: [Premise]
    if let forms = firstForms(of: premise) {
      cases = forms
    } else if premise.types.single.count > 1 {
      cases = premise.types.single.map { premise.narrowed(to: $0) }
    } else {
      return nil
    }
    return conjunction(cases) { inclusion, each in
      let answer = inclusion.decide(each, target)
      // A form of the premise accepts more than the premise does.
      guard case .fails(let value) = answer, !inclusion.parts(value, premise, target) else { return answer }
      return inclusion.search(each, target, holding: premise).map(Answer.fails)
        ?? .open(inclusion.doubt("oneOf", premise.side.other, target))
    }
  }

  /// The first that fails, else the first that is open, else that all hold.
  mutating func conjunction<Part>(
    _ parts: some Sequence<Part>, _ decide: (inout Inclusion, Part) -> Answer
  ) -> Answer {
    var open: Doubt?
    for part in parts {
      switch decide(&self, part) {
      case .holds: continue
      case .fails(let value): return .fails(value)
      case .open(let doubt): open = open ?? doubt
      }
    }
    return open.map(Answer.open) ?? .holds
  }

  func doubt(_ keyword: String, _ side: SchemaSide, _ subschema: Int32) -> Doubt {
    let program = program(side)
    let location = program.subschemas[Int(subschema)].location
    let pointer = program.documents[Int(location.document)].pointer(to: Int(location.node))
    return Doubt(keyword: keyword, place: "#\(pointer)")
  }
}

/// Which of the two schemas.
enum SchemaSide: Hashable, Sendable {
  case old, new

  var other: SchemaSide { self == .old ? .new : .old }
}
