import ConfigDocument
import Glibc
import Testing

@testable import ConfigStore

@Suite struct DirectoryWalkTests {
  @Test func `files are listed by path, the store's and git's left out`() throws {
    let scratch = ScratchDirectory()
    for path in ["b.yaml", "a/z.yaml", "a/b/c.json", ".git/config", ".cfgmigrate/ledger.jsonl", "a-b", ".hidden"] {
      scratch.write(path, "")
    }
    scratch.write(".b.yaml.cfgmigrate-20261121T014523120Z-0369d6", "")
    scratch.write(".b.yaml.cfgmigrate-notes", "")
    mkfifo(scratch.absolute("pipe"), 0o600)
    let listing = try OpenDirectory(scratch.path).listing()
    #expect(
      listing.files.map(\.description) == [
        ".b.yaml.cfgmigrate-notes", ".hidden", "a/b/c.json", "a/z.yaml", "a-b", "b.yaml",
      ])
    #expect(listing.links.isEmpty)
  }

  @Test(arguments: [
    ("environments/p.yaml", "environments/p.yaml"),
    ("./environments/../environments/p.yaml", "environments/p.yaml"),
    ("environments", "environments"),
    ("missing.yaml", "missing.yaml"),
    ("environments/other", "top.yaml"),
    ("<here>/environments/p.yaml", "environments/p.yaml"),
    ("..", nil),
    ("../elsewhere.yaml", nil),
    ("/etc/passwd", nil),
    ("<here>-other/p.yaml", nil),
    ("link", nil),
  ])
  func `a link is followed inside the directory, and refused where it leaves`(
    target: String, real: String?
  ) throws {
    let scratch = ScratchDirectory()
    scratch.write("environments/p.yaml", "")
    scratch.write("top.yaml", "")
    scratch.link("environments/other", to: "../top.yaml")
    let parts = target.split(separator: "<here>", omittingEmptySubsequences: false)
    scratch.link("link", to: parts.joined(separator: scratch.path))
    let root = try OpenDirectory(scratch.path)
    if let real {
      let links = try root.listing().links.map { "\($0.path) \($0.target)" }
      #expect(links == ["environments/other top.yaml", "link \(real)"])
    } else {
      #expect(code { _ = try root.listing() } == .outsideDirectory)
      #expect(try root.listing { $0 != "link" }.links.map(\.path) == ["environments/other"])
    }
  }

  @Test func `nothing is read or written through a link that comes in between`() throws {
    let (scratch, elsewhere) = (ScratchDirectory(), ScratchDirectory())
    elsewhere.write("a.yaml", "theirs")
    scratch.link("dir", to: elsewhere.path)
    scratch.link("file", to: elsewhere.absolute("a.yaml"))
    let root = try OpenDirectory(scratch.path)
    #expect(code { _ = try root.contents(at: "dir/a.yaml") } == .outsideDirectory)
    #expect(code { _ = try root.contents(at: "file") } == .outsideDirectory)
    #expect(code { _ = try root.makeSubdirectory(FileName(known: "dir"), mode: 0o755) } == .outsideDirectory)
    scratch.link(".cfgmigrate", to: elsewhere.path)
    #expect(code { _ = try scratch.store().recover() } == .outsideDirectory)
    #expect(elsewhere.names(in: "") == ["a.yaml"])
  }
}

@Suite struct PathTests {
  @Test(arguments: ["/etc", "..", "a/../b", "a\0b"])
  func `paths that may lead out are none`(text: String) {
    #expect(RelativePath(text) == nil)
  }

  @Test func `empty components and dots are skipped`() {
    #expect(RelativePath("./a//b/".utf8)?.description == "a/b")
    #expect(RelativePath("".utf8)?.description == ".")
    #expect(FileName("".utf8) == nil)
    #expect(FileName("a/b".utf8) == nil)
  }
}

@Suite struct IdentityTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (951_782_400, "2000-02-29T00:00:00.000Z"),
    (1_709_251_199, "2024-02-29T23:59:59.000Z"), (4_107_542_400, "2100-03-01T00:00:00.000Z"),
    (-1, "1969-12-31T23:59:59.000Z"),
  ])
  func `times are written in RFC 3339 and read back`(seconds: Int64, text: String) {
    let time = Timestamp(seconds: seconds)
    #expect("\(time)" == text)
    #expect(Timestamp(text) == time)
  }

  @Test(arguments: [
    (253_402_300_800, "10000-01-01T00:00:00.000Z"), (-62_167_219_200, "0000-01-01T00:00:00.000Z"),
    (-62_167_219_201, "-0001-12-31T23:59:59.000Z"), (-99_999_999_999, "-1199-02-15T14:13:21.000Z"),
  ])
  func `a time of a file that no calendar has is written too`(seconds: Int64, text: String) {
    #expect("\(Timestamp(seconds: seconds))" == text)
  }

  @Test func `digests are SHA-256`() {
    #expect(
      "\(Digest(of: "abc"))" == "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(Digest("sha256:\(Digest(of: "abc").hexadecimal)") == Digest(of: "abc"))
    #expect(Digest("sha256:BA") == nil)
    #expect(Digest("md5:\(Digest(of: "abc").hexadecimal)") == nil)
  }

  @Test func `run IDs sort by time, are read back, and are found in names of staged files`() throws {
    let run = RunID(at: Timestamp(seconds: 0, nanoseconds: 1_000_000), distinction: 0xABCDEF)
    #expect(run.text == "19700101T000000001Z-abcdef")
    #expect(RunID(run.text) == run)
    #expect(RunID("19700101T000000001Z-ABCDEF") == nil)
    #expect(run < RunID(at: Timestamp(seconds: 1), distinction: 0))
    let staged = run.stagedName(for: FileName(known: "a.yaml"), index: 0)
    #expect(staged.description == ".a.yaml.cfgmigrate-19700101T000000001Z-abcdef")
    #expect(RunID(ofStagedFile: staged) == run)
    #expect(RunID(ofStagedFile: FileName(known: "a.yaml")) == nil)
  }
}
