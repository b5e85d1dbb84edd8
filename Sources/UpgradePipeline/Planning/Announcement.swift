package import ConfigStore

/// What one audience is told, and by when.
package struct Announcement: Sendable {
  package var audience: String
  package var contacts: [String]
  /// By when it must be sent.
  package var sendBy: Timestamp
  package var begin: Timestamp
  package var end: Timestamp
  package var title: String
  package var text: String
}

extension Announcement {
  /// - Parameter length: how long the upgrade takes at most, in milliseconds.
  static func all(of spec: UpgradeSpec, begin: Timestamp, length: Int) -> [Announcement] {
    let begin = Timestamp(seconds: begin.seconds)
    // To the next minute: nobody plans by seconds.
    let end = begin.adding(seconds: Int64((length + 59_999) / 60_000) * 60)
    return (spec.communication?.audiences ?? []).map { audience in
      Announcement(
        audience: audience.name, contacts: audience.contacts,
        sendBy: begin.adding(seconds: -Int64(audience.lead / 1_000)), begin: begin, end: end, title: spec.title,
        text: filled(audience.message ?? template(for: audience.name), spec, begin, end))
    }
  }

  private static func template(for audience: String) -> String {
    switch audience {
    case "business":
      "{name} is upgraded from {from} to {to} between {begin} and {end}. Please plan no releases or campaigns for this time."
    case "operations":
      "{name} {from} → {to}: {begin} to {end}. Please be reachable, and hold other changes back. `cfgmigrate upgrade status` shows where it stands."
    case "development":
      "{name} goes to {to} between {begin} and {end}. Please merge nothing that depends on {from}, and be at hand for questions."
    default: "{name} may be slow or not reachable for moments between {begin} and {end}, while it is upgraded to {to}."
    }
  }

  private static func filled(_ text: String, _ spec: UpgradeSpec, _ begin: Timestamp, _ end: Timestamp) -> String {
    let offset = spec.window?.offset ?? 0
    let values = [
      ("{name}", spec.identity.product ?? spec.identity.name), ("{from}", spec.identity.from),
      ("{to}", spec.identity.to),
      ("{begin}", begin.wallClock(offset: offset)), ("{end}", end.wallClock(offset: offset)),
    ]
    return values.reduce(text) { text, pair in
      text.split(separator: pair.0, omittingEmptySubsequences: false).joined(separator: pair.1)
    }
  }

  /// The appointment for calendars (RFC 5545): an entry to import, and no invitation that somebody must answer. A later plan
  /// has the same UID, and takes its place.
  package func calendar(stamp: Timestamp, upgrade: String) -> String {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//cfgmigrate//upgrade//EN", "BEGIN:VEVENT",
      "UID:\(upgrade)-\(Self.token(audience))@cfgmigrate", "DTSTAMP:\(stamp.calendarText)",
      "DTSTART:\(begin.calendarText)", "DTEND:\(end.calendarText)", "SUMMARY:\(Self.escaped(title))",
      "DESCRIPTION:\(Self.escaped(text))",
    ]
    lines += ["END:VEVENT", "END:VCALENDAR", ""]
    return lines.map(Self.folded).joined(separator: "\r\n")
  }

  /// The audience's name as a part of a file's name.
  package static func token(_ text: String) -> String {
    String(text.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "-" })
  }

  private static func escaped(_ text: String) -> String {
    var out = ""
    for character in text {
      switch character {
      case "\\", ";", ",": out += "\\\(character)"
      case "\n", "\r\n", "\r": out += "\\n"
      // Nothing else that controls a terminal has a place in a text (RFC 5545, 3.3.11).
      default:
        if character == "\t" || !character.unicodeScalars.allSatisfy({ $0.value < 0x20 || $0.value == 0x7F }) {
          out.append(character)
        }
      }
    }
    return out
  }

  /// No line has more than 75 bytes; a character is never cut.
  private static func folded(_ line: String) -> String {
    var out = ""
    var width = 0
    for scalar in line.unicodeScalars {
      let size = String(scalar).utf8.count
      if width + size > 75 {
        out += "\r\n "
        width = 1
      }
      out.unicodeScalars.append(scalar)
      width += size
    }
    return out
  }
}

extension Timestamp {
  /// `2026-12-05 01:30 UTC+01:00`, the minute that has begun.
  /// - Parameter offset: of local time from UTC, in seconds.
  fileprivate func wallClock(offset: Int64) -> String {
    let local = adding(seconds: offset).fields
    let minutes = abs(offset) / 60
    let zone =
      offset == 0
      ? "UTC" : "UTC\(offset < 0 ? "-" : "+")\((minutes / 60).padded(to: 2)):\((minutes % 60).padded(to: 2))"
    return "\(local.year.padded(to: 4))-\(local.month.padded(to: 2))-\(local.day.padded(to: 2)) "
      + "\(local.hour.padded(to: 2)):\(local.minute.padded(to: 2)) \(zone)"
  }

  /// `20261205T010000Z`.
  fileprivate var calendarText: String {
    let at = fields
    return "\(at.year.padded(to: 4))\(at.month.padded(to: 2))\(at.day.padded(to: 2))"
      + "T\(at.hour.padded(to: 2))\(at.minute.padded(to: 2))\(at.second.padded(to: 2))Z"
  }
}
