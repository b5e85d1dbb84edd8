internal import ConfigDocument
package import ConfigStore

/// Reads Django migrations by Python's own `ast`: the file is parsed and never run or imported.
package struct DjangoReader: Sendable {
  private let programs: any CommandRunner
  private let python: String

  package init(programs: any CommandRunner, python: String = "python3") {
    self.programs = programs
    self.python = python
  }

  /// What a migration says: `{"operations": […], "comments": […], "atomic": …}`.
  /// - Throws: `migration-unread`, `command-missing`.
  func read(_ text: MigrationText) throws(Diagnostic) -> Value {
    let result = try programs.run(
      Command(
        // Isolated: neither the working directory nor the environment adds a module.
        [python, "-I", "-S", "-c", Self.program], input: text.source, timeLimit: 30_000, outputLimit: 32 << 20))
    guard result.succeeded, let tree = try? readJSON(result.output, named: "the migration's tree") else {
      throw Diagnostic(
        .migrationUnread, "\(text.path) cannot be read: \(python) \(result.ending): \(result.lastWords(lines: 1))",
        at: text.place(0), hint: "Look whether `\(python)` is Python 3.8 or newer")
    }
    if let fault = tree.object?["fault"]?.object {
      throw Diagnostic(
        .migrationUnread, "Python does not read this: \(fault["message"]?.string ?? "")",
        at: text.place(line: fault["line"]?.int ?? 1, column: fault["column"]?.int ?? 1))
    }
    return tree
  }

  /// Columns count bytes from 0, as `ast` has them.
  private static let program = #"""
    import ast, io, json, sys, tokenize

    source = sys.stdin.buffer.read()
    out = {"operations": [], "comments": [], "atomic": True, "found": False}

    def fail(message, line=1, column=1):
        json.dump({"fault": {"message": message, "line": line or 1, "column": column or 1}}, sys.stdout)
        sys.exit(0)

    def value(node):
        """Literals as they are; calls by name and arguments; all else as not known."""
        if isinstance(node, ast.Constant) and isinstance(node.value, (str, int, float, bool, type(None))):
            return {"literal": node.value}
        if isinstance(node, (ast.List, ast.Tuple)):
            return {"items": [value(item) for item in node.elts]}
        if isinstance(node, ast.Call):
            return call(node)
        return {"unknown": ast.dump(node)[:200]}

    def name(node):
        if isinstance(node, ast.Attribute):
            return node.attr
        return node.id if isinstance(node, ast.Name) else ""

    def call(node):
        return {
            "call": name(node.func), "line": node.lineno, "column": node.col_offset,
            "end": node.end_lineno,
            "arguments": [value(argument) for argument in node.args],
            "keywords": {word.arg or "**": value(word.value) for word in node.keywords},
        }

    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError) as error:
        fail(getattr(error, "msg", None) or str(error), getattr(error, "lineno", 1), getattr(error, "offset", 1))

    for item in ast.walk(tree):
        if not (isinstance(item, ast.ClassDef) and item.name == "Migration"):
            continue
        out["found"] = True
        for statement in ast.walk(item):
            targets = []
            if isinstance(statement, ast.Assign):
                targets = [name(target) for target in statement.targets]
            elif isinstance(statement, (ast.AugAssign, ast.AnnAssign)):
                targets = [name(statement.target)]
            if "operations" in targets and statement.value is not None:
                out["operations"].append(dict(value(statement.value), line=statement.lineno, column=statement.col_offset))
            if "atomic" in targets and isinstance(statement.value, ast.Constant):
                out["atomic"] = bool(statement.value.value)
    # Whoever reads the list, or reaches for it from outside, can change it: append, insert, extend.
    for node in ast.walk(tree):
        reads = isinstance(node, ast.Name) and node.id == "operations" and isinstance(node.ctx, ast.Load)
        if reads or isinstance(node, ast.Attribute) and node.attr == "operations":
            out["operations"].append({"unknown": "operations", "line": node.lineno, "column": node.col_offset})
    try:
        for token in tokenize.tokenize(io.BytesIO(source).readline):
            if token.type == tokenize.COMMENT:
                out["comments"].append({"text": token.string, "line": token.start[0], "column": token.start[1]})
    except (tokenize.TokenError, SyntaxError) as error:
        fail(str(error))
    json.dump(out, sys.stdout)
    """#
}
