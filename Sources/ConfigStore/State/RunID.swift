/// The name of one run: `20261121T014523120Z-7f3a9c`. IDs sort by time, as text too.
public struct RunID: Hashable, Sendable {
  public let text: String

  /// - Parameters:
  ///   - time: When the run begins. It counts to the millisecond.
  ///   - distinction: A number that makes runs of the same millisecond differ; its low 24 bits count.
  package init(at time: Timestamp, distinction: UInt32) {
    let at = time.fields
    let low = [16, 8, 0].map { UInt8(truncatingIfNeeded: distinction >> $0) }
    var digits: [UInt8] = []
    digits.append(at.year, digits: 4)
    digits.append(at.month, digits: 2)
    digits.append(at.day, digits: 2)
    digits.append(at.hour, digits: 2, behind: "T")
    digits.append(at.minute, digits: 2)
    digits.append(at.second, digits: 2)
    digits.append(at.millisecond, digits: 3)
    text = String(decoding: digits, as: UTF8.self) + "Z-" + low.hexadecimal
  }

  private static let form = "ddddddddTdddddddddZ-xxxxxx"
  /// Of each ID's text, in bytes.
  static let length = form.utf8.count

  /// - Returns: nil where the text is no run ID.
  public init?(_ text: String) {
    guard text.utf8.count == Self.length else { return nil }
    for (byte, kind) in zip(text.utf8, Self.form.utf8) {
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      let fits =
        switch kind {
        case UInt8(ascii: "d"): isDigit
        case UInt8(ascii: "x"): isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
        default: byte == kind
        }
      guard fits else { return nil }
    }
    self.text = text
  }
}

extension RunID {
  /// When the run began, or was taken to begin because the clock had gone back.
  package var time: Timestamp? {
    let digits = Array(text.utf8)
    func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
    return Timestamp(
      "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(9..<11)):\(part(11..<13)):\(part(13..<15)).\(part(15..<18))Z"
    )
  }
}

extension RunID: Comparable, CustomStringConvertible {
  public static func < (left: RunID, right: RunID) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  public var description: String { text }
}

extension RunID {
  private static let stagedMark = Array(".cfgmigrate-".utf8)

  /// The name under which a run puts the new bytes of a file beside it: `.name.cfgmigrate-<run>`.
  ///
  /// - Parameter index: The place of the change in its run, which keeps names apart that are too long to be used whole.
  func stagedName(for name: FileName, index: Int) -> FileName {
    let suffix = Self.stagedMark + Array(text.utf8)
    let longest = 255 - suffix.count - 1
    var shown = name.bytes
    if shown.count > longest {
      let tail = Array("~\(index)".utf8)
      shown = shown.prefix(longest - tail.count) + tail
    }
    guard let staged = FileName([UInt8(ascii: ".")] + shown + suffix) else {
      preconditionFailure("a file name with a prefix and a suffix is a file name")
    }
    return staged
  }

  /// The run that put this file beside another one.
  /// - Returns: nil where the name is not of that form.
  init?(ofStagedFile name: FileName) {
    let suffixCount = Self.stagedMark.count + Self.length
    guard name.bytes.first == UInt8(ascii: "."), name.bytes.count > suffixCount + 1 else { return nil }
    let suffix = name.bytes.suffix(suffixCount)
    guard suffix.starts(with: Self.stagedMark) else { return nil }
    self.init(String(decoding: suffix.dropFirst(Self.stagedMark.count), as: UTF8.self))
  }
}
