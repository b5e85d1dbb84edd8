internal import ConfigDocument
internal import ConfigSchema
internal import ConfigStore

/// What `validate` found, before it has a form.
struct ValidationReport {
  var files: [CheckedFile]
  /// Whether warnings, and files without a schema, are faults too.
  var isStrict = false

  var findings: [Diagnostic] { files.flatMap(\.diagnostics) }
  var errors: Int { findings.count { $0.severity == .error } }
  var warnings: Int { findings.count - errors }
  var unchecked: Int { files.count(where: \.isUnchecked) }
  var failing: [CheckedFile] { files.filter(isFailing) }

  func isFailing(_ file: CheckedFile) -> Bool {
    file.hasErrors || isStrict && (!file.findings.isEmpty || file.isUnchecked)
  }

  var status: ExitStatus {
    if files.contains(where: { $0.obstacle != nil }) { return .failed }
    return failing.isEmpty ? .done : .invalid
  }
}

extension ValidationReport {
  /// The findings of a set, file by file.
  init(findings: [Diagnostic], ofSetAt version: String, isStrict: Bool) {
    var files: [CheckedFile] = []
    for finding in findings {
      let path = finding.place?.file ?? ""
      let index = files.firstIndex { $0.path == path }
      if let index {
        files[index].findings.append(finding)
      } else {
        var file = CheckedFile(path: path)
        file.schema = version
        file.findings = [finding]
        files.append(file)
      }
    }
    self.init(files: files, isStrict: isStrict)
  }
}

extension CheckedFile {
  var diagnostics: [Diagnostic] { (obstacle.map { [$0] } ?? []) + findings }
}

extension ValidationReport {
  /// Prints the report in its form.
  func print(as format: ReportFormat, to terminal: inout Terminal) {
    switch format {
    case .text: TextReport(self).print(to: &terminal)
    case .short: for finding in findings { terminal.print(SafeText.of(finding.description)) }
    case .github: for finding in findings { terminal.print(GitHubAnnotation(finding).text) }
    case .sarif: terminal.print(JSONOutput.text(of: SARIFLog(self).value))
    case .junit: terminal.print(JUnitReport(self).text)
    case .flag, .basic, .detailed, .verbose: SpecificationReport(self).print(as: format, to: &terminal)
    // The envelope that all commands have.
    case .json: break
    }
  }

  /// The member `result` of the JSON form.
  var json: Value {
    ["valid": .bool(status == .done), "files": .array(files.map { $0.json(isValid: !isFailing($0)) })]
  }
}

extension CheckedFile {
  fileprivate func json(isValid: Bool) -> Value {
    var object = Object()
    object["path"] = .string(path)
    if let schema { object["schema"] = .string(schema) }
    object["valid"] = .bool(isValid)
    object["findings"] = .number(Number(diagnostics.count))
    object["mendable"] = .number(Number(mendable))
    if !defaults.isEmpty {
      object["defaults"] = .array(
        defaults.map { ["pointer": .string($0.instance.description), "value": $0.value] })
    }
    if let repair {
      object["mended"] = .array(
        repair.made.map {
          ["code": .string($0.code.rawValue), "message": .string($0.message), "place": $0.place.json]
        })
    }
    return .object(object)
  }
}
