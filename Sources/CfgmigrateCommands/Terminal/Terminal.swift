package import ConfigDocument
private import Glibc

/// Where a command speaks: data on standard output, talk on standard error.
package struct Terminal {
  private var out = OutputBuffer(descriptor: STDOUT_FILENO)
  private var talk = OutputBuffer(descriptor: STDERR_FILENO)
  /// The colours of standard output and of standard error.
  package let outPalette: Palette
  package let talkPalette: Palette
  /// The width of source lines that are shown, in cells.
  package let width: Int

  package init(color: ColorChoice) {
    OutputBuffer.ignoreBrokenPipes()
    outPalette = Palette(isOn: color.isOn(STDOUT_FILENO))
    talkPalette = Palette(isOn: color.isOn(STDERR_FILENO))
    width = Self.columns() ?? 120
  }

  /// Data, as it is.
  package mutating func print(bytes: [UInt8]) { out.write(bytes: bytes) }

  /// A line of data.
  package mutating func print(_ line: String = "") { out.write(line + "\n") }

  /// A line of talk, after the data that was printed before it.
  package mutating func say(_ line: String = "") {
    out.flush()
    talk.write(line + "\n")
    talk.flush()
  }

  /// A finding that is part of what was asked for.
  package mutating func print(_ diagnostic: Diagnostic) {
    print(DiagnosticText(palette: outPalette, width: width).text(of: diagnostic))
  }

  /// A message beside what was asked for, such as why there is nothing.
  package mutating func say(_ diagnostic: Diagnostic) {
    say(DiagnosticText(palette: talkPalette, width: width).text(of: diagnostic))
  }

  package mutating func flush() {
    out.flush()
    talk.flush()
  }

  /// What kept data from being written to standard output, after ``flush()``.
  package var lostOutput: Diagnostic? {
    out.failure.map {
      Diagnostic("output-lost", "the output could not be written: \($0)", hint: "Send it elsewhere, and run it again")
    }
  }

  /// The columns of the terminal; nil where standard error is none.
  private static func columns() -> Int? {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return max(40, Int(size.ws_col))
  }
}
