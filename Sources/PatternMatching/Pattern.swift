private import CPCRE2

/// A compiled regular expression, matched by PCRE2 with its just-in-time compiler.
///
/// A pattern is immutable and may be matched from many tasks at once, each with a ``MatchWorkspace`` of its own.
/// Text is matched as UTF-8.
public final class Pattern: Sendable {
  /// The limits of one match: an overrun is an error of kind ``PatternError/Kind/limit``, never a verdict.
  ///
  /// The step limit bounds a match to some tens of milliseconds; the heap limit is in KiB.
  public struct Limits: Hashable, Sendable {
    public var steps: UInt32 = 1_000_000
    public var heapKibibytes: UInt32 = 16_384
    public init() {}
  }

  /// The pattern as it was written.
  public let source: String
  /// How many capturing groups it has.
  public let groupCount: Int
  /// The names of the named groups with their numbers, in the order of the names.
  public let groupNames: [(name: String, number: Int)]

  // PCRE2 never writes to a compiled pattern while matching with it.
  private nonisolated(unsafe) let code: OpaquePointer
  private let isJustInTime: Bool
  /// The same, where it is so simple that no matcher need be asked. It lives as long as the pattern does.
  package let plain: PlainPattern?

  /// Compiles an ECMA-262 pattern with the `u` flag, unanchored: the language of JSON Schema.
  /// - Throws: `syntax` with the offset of the fault, or `unsupported` where PCRE2 cannot express it, such as a
  ///   look-behind of variable length.
  public convenience init(ecma source: String) throws(PatternError) {
    let translation = try ECMAPattern.translate(source)
    do {
      try self.init(
        source: source, pcre: translation.text, options: PCRE2_MATCH_UNSET_BACKREF, plain: PlainPattern(source))
    } catch {
      // Our parser accepted it, so the fault is not one of syntax, and PCRE2's offset is in the translation.
      throw PatternError(.unsupported, "this matcher cannot do what the pattern asks for: \(error.message)")
    }
  }

  /// Compiles a pattern in PCRE2's own syntax.
  /// - Throws: `syntax` with the offset of the fault.
  public convenience init(pcre source: String) throws(PatternError) {
    try self.init(source: source, pcre: source, options: 0)
  }

  private init(
    source: String, pcre: String, options: UInt32, plain: PlainPattern? = nil
  ) throws(PatternError) {
    var status: Int32 = 0
    var offset = 0
    var text = pcre
    let compiled = text.withUTF8 { bytes in
      // An empty Swift string may have no address, and PCRE2 wants one.
      var none: UInt8 = 0
      return withUnsafePointer(to: &none) { none in
        pcre2_compile_8(
          bytes.baseAddress ?? none, bytes.count,
          options | PCRE2_UTF | PCRE2_NEVER_BACKSLASH_C | UInt32(PCRE2_DOLLAR_ENDONLY),
          &status, &offset, nil)
      }
    }
    guard let compiled else {
      let scalars = String(decoding: pcre.utf8.prefix(offset), as: UTF8.self).unicodeScalars.count
      throw PatternError(.syntax, Self.message(status), at: scalars)
    }
    // Where there is no just-in-time compiler, PCRE2 interprets the pattern.
    isJustInTime = pcre2_jit_compile_8(compiled, UInt32(PCRE2_JIT_COMPLETE)) == 0
    self.source = source
    self.plain = plain
    code = compiled
    var count: UInt32 = 0
    pcre2_pattern_info_8(compiled, UInt32(PCRE2_INFO_CAPTURECOUNT), &count)
    groupCount = Int(count)
    groupNames = Self.names(of: compiled)
  }

  deinit {
    pcre2_code_free_8(code)
    plain?.deallocate()
  }

  /// Whether the pattern matches anywhere in `text`, which must be valid UTF-8.
  public func matches(
    _ text: UnsafeBufferPointer<UInt8>, in workspace: MatchWorkspace
  ) throws(PatternError) -> Bool {
    if let verdict = plain?.matches(text) { return verdict }
    return try match(text, from: 0, options: 0, in: workspace) >= 0
  }

  public func matches(_ text: String, in workspace: MatchWorkspace = MatchWorkspace()) throws(PatternError) -> Bool {
    var text = text
    let verdict = text.withUTF8 { bytes -> Result<Bool, PatternError> in
      Result { () throws(PatternError) in try matches(bytes, in: workspace) }
    }
    return try verdict.get()
  }

  /// The first match at or after byte `start` of `text`: the byte range of each group, 0 for the whole match, nil for a
  /// group that took no part. Nil where there is none.
  package func firstMatch(
    in text: [UInt8], from start: Int = 0, allowingEmptyAtStart: Bool = true, in workspace: MatchWorkspace
  ) throws(PatternError) -> [Range<Int>?]? {
    let options = allowingEmptyAtStart ? 0 : PCRE2_NOTEMPTY_ATSTART
    let result = text.withUnsafeBufferPointer { bytes in
      Result { () throws(PatternError) in try match(bytes, from: start, options: options, in: workspace) }
    }
    guard try result.get() >= 0 else { return nil }
    return workspace.groups(count: groupCount + 1)
  }

  private func match(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, options: UInt32, in workspace: MatchWorkspace
  ) throws(PatternError) -> Int32 {
    let status = workspace.match(
      code, justInTime: isJustInTime, text, from: start, options: options, groups: groupCount + 1)
    switch status {
    case PCRE2_ERROR_NOMATCH: return -1
    case 0...: return status
    case PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT, PCRE2_ERROR_HEAPLIMIT, PCRE2_ERROR_JIT_STACKLIMIT,
      PCRE2_ERROR_NOMEMORY:
      throw PatternError(.limit, "the match was given up: \(Self.message(status))")
    default: throw PatternError(.unsupported, "the text cannot be matched: \(Self.message(status))")
    }
  }

  private static func message(_ status: Int32) -> String {
    let text = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
      let length = pcre2_get_error_message_8(status, buffer.baseAddress!, buffer.count)
      return String(decoding: buffer.prefix(max(0, Int(length))), as: UTF8.self)
    }
    return text.isEmpty ? "error \(status)" : text
  }

  private static func names(of code: OpaquePointer) -> [(name: String, number: Int)] {
    var count: UInt32 = 0
    var entrySize: UInt32 = 0
    var table: UnsafePointer<UInt8>?
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMECOUNT), &count)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMEENTRYSIZE), &entrySize)
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_NAMETABLE), &table)
    guard let table else { return [] }
    // Each entry: the group's number in two bytes, then the name, ended by a zero byte.
    return (0..<Int(count)).map { index in
      let entry = table + index * Int(entrySize)
      let name = UnsafeBufferPointer(start: entry + 2, count: Int(entrySize) - 2).prefix { $0 != 0 }
      return (String(decoding: name, as: UTF8.self), Int(entry[0]) << 8 | Int(entry[1]))
    }
  }
}

/// The memory that a match needs. Make one for many matches; it is not to be used by two tasks at once.
public final class MatchWorkspace {
  private let context: OpaquePointer
  private let limits: Pattern.Limits
  /// Made for the first match that needs more than the small stack that PCRE2 has of its own: most need less.
  private var jitStack: OpaquePointer?
  private var data: OpaquePointer
  private var capacity: Int

  public init(limits: Pattern.Limits = Pattern.Limits()) {
    self.limits = limits
    capacity = 16
    // These fail only where memory is exhausted, and then nothing else can go on either.
    data = pcre2_match_data_create_8(16, nil)!
    context = pcre2_match_context_create_8(nil)!
    pcre2_set_match_limit_8(context, limits.steps)
    pcre2_set_heap_limit_8(context, limits.heapKibibytes)
  }

  deinit {
    if let jitStack { pcre2_jit_stack_free_8(jitStack) }
    pcre2_match_context_free_8(context)
    pcre2_match_data_free_8(data)
  }

  fileprivate func match(
    _ code: OpaquePointer, justInTime: Bool, _ text: UnsafeBufferPointer<UInt8>, from start: Int, options: UInt32,
    groups: Int
  ) -> Int32 {
    if groups > capacity {
      pcre2_match_data_free_8(data)
      data = pcre2_match_data_create_8(UInt32(groups), nil)!
      capacity = groups
    }
    let status = match(code, justInTime: justInTime, text, from: start, options: options)
    guard status == PCRE2_ERROR_JIT_STACKLIMIT, jitStack == nil,
      let stack = pcre2_jit_stack_create_8(65_536, Int(limits.heapKibibytes) * 1024, nil)
    else { return status }
    jitStack = stack
    pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack))
    return match(code, justInTime: justInTime, text, from: start, options: options)
  }

  /// The text is known to be UTF-8, so that PCRE2 need not look.
  private func match(
    _ code: OpaquePointer, justInTime: Bool, _ text: UnsafeBufferPointer<UInt8>, from start: Int, options: UInt32
  ) -> Int32 {
    var none: UInt8 = 0
    return withUnsafePointer(to: &none) { none in
      let address = text.baseAddress ?? none
      return justInTime
        ? pcre2_jit_match_8(code, address, text.count, start, options, data, context)
        : pcre2_match_8(code, address, text.count, start, options | PCRE2_NO_UTF_CHECK, data, context)
    }
  }

  fileprivate func groups(count: Int) -> [Range<Int>?] {
    guard let pairs = pcre2_get_ovector_pointer_8(data) else { return [] }
    return (0..<count).map { index in
      let (start, end) = (pairs[2 * index], pairs[2 * index + 1])
      // An unset group is all ones; `\K` in a look-ahead can put a start after its end.
      return start == Int(bitPattern: UInt.max) || start > end ? nil : start..<end
    }
  }
}
