import PatternMatching

/// The formats of strings that are known; any other name is accepted and checks nothing.
enum Format: String, Hashable, Sendable, CaseIterable {
  case dateTime = "date-time"
  case date
  case time
  case duration
  case email
  case idnEmail = "idn-email"
  case hostname
  case idnHostname = "idn-hostname"
  case ipv4
  case ipv6
  case uri
  case uriReference = "uri-reference"
  case iri
  case iriReference = "iri-reference"
  case uriTemplate = "uri-template"
  case uuid
  case jsonPointer = "json-pointer"
  case relativeJSONPointer = "relative-json-pointer"
  case regex

  func accepts(_ text: String) -> Bool {
    switch self {
    case .dateTime: DateFormats.isDateTime(Array(text.utf8))
    case .date: DateFormats.isDate(Array(text.utf8)[...])
    case .time: DateFormats.isTime(Array(text.utf8)[...])
    case .duration: DateFormats.isDuration(Array(text.utf8))
    case .email: MailFormats.isAddress(text, international: false)
    case .idnEmail: MailFormats.isAddress(text, international: true)
    case .hostname: HostFormats.isHostname(text)
    case .idnHostname: HostFormats.isInternationalHostname(text)
    case .ipv4: HostFormats.isIPv4(Array(text.utf8)[...])
    case .ipv6: HostFormats.isIPv6(Array(text.utf8)[...])
    case .uri: URIFormats.isURI(text, international: false, relative: false)
    case .uriReference: URIFormats.isURI(text, international: false, relative: true)
    case .iri: URIFormats.isURI(text, international: true, relative: false)
    case .iriReference: URIFormats.isURI(text, international: true, relative: true)
    case .uriTemplate: URITemplateFormat.accepts(text)
    case .uuid: Self.isUUID(Array(text.utf8))
    case .jsonPointer: PointerFormats.isPointer(Array(text.utf8)[...])
    case .relativeJSONPointer: PointerFormats.isRelativePointer(Array(text.utf8))
    case .regex: (try? ECMAPattern.translate(text)) != nil
    }
  }

  /// What a person writes for it: shown beside what was refused.
  var example: String {
    switch self {
    case .dateTime: "2026-03-01T08:00:00Z"
    case .date: "2026-03-01"
    case .time: "08:00:00Z"
    case .duration: "PT15M"
    case .email, .idnEmail: "name@example.org"
    case .hostname, .idnHostname: "db.example.org"
    case .ipv4: "192.0.2.10"
    case .ipv6: "2001:db8::1"
    case .uri, .iri: "https://example.org/path"
    case .uriReference, .iriReference: "../path?query"
    case .uriTemplate: "https://example.org/{id}"
    case .uuid: "123e4567-e89b-12d3-a456-426614174000"
    case .jsonPointer: "/key/0"
    case .relativeJSONPointer: "1/key"
    case .regex: "^[a-z]+$"
    }
  }

  private static func isUUID(_ text: [UInt8]) -> Bool {
    text.count == 36
      && text.enumerated().allSatisfy { [8, 13, 18, 23].contains($0) ? $1 == UInt8(ascii: "-") : $1.isHexDigit }
  }
}

extension UInt8 {
  var isDecimalDigit: Bool { self >= 48 && self <= 57 }
  var isASCIILetter: Bool { self | 0x20 >= 97 && self | 0x20 <= 122 }
  var isHexDigit: Bool { isDecimalDigit || self | 0x20 >= 97 && self | 0x20 <= 102 }
}
