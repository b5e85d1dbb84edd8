private import CJansson

/// Asks jansson, the JSON parser of record, whether it accepts a text. Its tree is freed at once: values come from spans.
enum JanssonJudge {
  /// - Returns: jansson's objection, with the offset it names; nil where it accepts. That a number does not fit its
  ///   types is no fault of a file.
  static func objection(to source: UnsafeBufferPointer<UInt8>) -> (message: String, offset: Int)? {
    let start = source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard source.count > start, let base = source.baseAddress else { return ("the file is empty", 0) }
    var error = json_error_t()
    let flags = JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL
    let text = UnsafeRawPointer(base + start).assumingMemoryBound(to: CChar.self)
    if let tree = json_loadb(text, source.count - start, Int(flags), &error) {
      json_decref(tree)
      return nil
    }
    // The code is the last byte of the text buffer; `json_error_code` is an inline function.
    if json_error_code(&error) == json_error_numeric_overflow { return nil }
    let message = withUnsafeBytes(of: error.text) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    // It quotes what stands there, which may be a secret; the offset says where.
    let objection = message.firstRange(of: " near ").map { String(message[..<$0.lowerBound]) } ?? message
    return (objection, start + max(0, Int(error.position) - 1))
  }
}
