package import ConfigDocument
internal import ConfigStore

extension UpgradeReport {
  /// One part of a report: a title, and lines or a table.
  struct Section {
    var title: String
    var rows: [[String]]
  }

  var heading: [(String, String)] {
    var out = [
      ("run", identity.run), ("versions", "\(identity.from) → \(identity.to)"), ("outcome", outcome), ("by", user),
    ]
    if let begin { out.append(("begin", "\(begin)")) }
    if let end { out.append(("last record", "\(end)")) }
    if let begin, let end { out.append(("took", DurationText.of(end.milliseconds(since: begin)))) }
    if let cause { out.append(("first failure", cause)) }
    if let windowReason { out.append(("outside the window because", windowReason)) }
    if !accepted.isEmpty { out.append(("accepted warnings", accepted.joined(separator: ", "))) }
    return out
  }

  var sections: [Section] {
    var out = [
      Section(
        title: "Steps",
        rows: steps.map { step in
          [
            step.status.rawValue, step.id, step.attempts > 1 ? "\(step.attempts) attempts" : "",
            step.milliseconds.map { DurationText.of($0) } ?? "", step.failure ?? "",
          ]
        })
    ]
    if !gates.isEmpty {
      out.append(
        Section(
          title: "Gates",
          rows: gates.flatMap { gate in
            [[gate.gate, gate.verdict, ""]] + gate.samples.map { ["\($0.time)", $0.verdict, $0.evidence] }
          }))
    }
    if !undone.isEmpty { out.append(Section(title: "Taken back", rows: undone.map { [$0] })) }
    if !kept.isEmpty { out.append(Section(title: "Left in place by design", rows: kept.map { [$0] })) }
    if !preflight.isEmpty {
      out.append(Section(title: "Checks before", rows: preflight.map { [$0.verdict, $0.id, $0.found] }))
    }
    out.append(Section(title: "Timeline", rows: timeline.map { ["\($0.time)", $0.text] }))
    if !remaining.isEmpty { out.append(Section(title: "Left to do", rows: remaining.map { [$0] })) }
    return out
  }

  /// The report in Markdown, which is readable as it is.
  package var markdown: String {
    var lines = ["# \(title)", ""]
    for (name, value) in heading { lines.append("- \(name): \(value)") }
    for section in sections {
      lines += ["", "## \(section.title)", ""]
      for row in section.rows { lines.append("- " + row.filter { !$0.isEmpty }.joined(separator: " · ")) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The report as one HTML page, which needs nothing beside itself.
  package var html: String {
    var out =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>\(Self.escaped(title))</title>\n<style>body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0;border-bottom:1px solid #8884}</style></head><body>\n<h1>\(Self.escaped(title))</h1>\n<table>\n"
    for (name, value) in heading {
      out += "<tr><th scope=\"row\">\(Self.escaped(name))</th><td>\(Self.escaped(value))</td></tr>\n"
    }
    out += "</table>\n"
    for section in sections {
      out += "<h2>\(Self.escaped(section.title))</h2>\n<table>\n"
      for row in section.rows {
        out += "<tr>" + row.map { "<td>\(Self.escaped($0))</td>" }.joined() + "</tr>\n"
      }
      out += "</table>\n"
    }
    return out + "</body></html>\n"
  }

  private static func escaped(_ text: String) -> String {
    var out = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  package var json: Value {
    var object = Object()
    object["title"] = .string(title)
    for (name, value) in heading {
      object[String(name.map { $0 == " " ? "-" : $0 })] = .string(value)
    }
    object["steps"] = .array(
      steps.map { step in
        var entry = Object()
        entry["id"] = .string(step.id)
        entry["status"] = .string(step.status.rawValue)
        entry["attempts"] = .number(Number(step.attempts))
        entry["milliseconds"] = step.milliseconds.map { .number(Number($0)) }
        entry["evidence"] = step.evidence
        entry["failure"] = step.failure.map { .string($0) }
        return .object(entry)
      })
    for section in sections.dropFirst() {
      object[section.title.lowercased().split(separator: " ").joined(separator: "-")] = .array(
        section.rows.map { .array($0.map { .string($0) }) })
    }
    return .object(object)
  }
}
