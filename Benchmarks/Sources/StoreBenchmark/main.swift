import ConfigStore
import Glibc
import StoreBaseline

// How much a transaction costs over the cheapest durable way to replace the same files, in the same run:
//   bare    stage all, one sync, rename all, sync: in C, with no backup, no journal, no check
//   backup  the same, and the old bytes are kept
//   commit  in place, all files replaced
//   swap    the whole directory exchanged
// Each round measures all four on fresh directories, when the disk has all that was written before. Each begins with another one, and half
// of them go backwards: a file system makes files slower after many were removed, so that who comes later pays for who came before. The
// medians are compared.

let size = 2_000

func seconds(_ body: () throws -> Void) rethrows -> Double {
  var start = timespec()
  var end = timespec()
  clock_gettime(CLOCK_MONOTONIC, &start)
  try body()
  clock_gettime(CLOCK_MONOTONIC, &end)
  return Double(end.tv_sec - start.tv_sec) + Double(end.tv_nsec - start.tv_nsec) / 1e9
}

func name(_ index: Int) -> String {
  let digits = String(index)
  return "f" + String(repeating: "0", count: 5 - digits.count) + digits + ".yaml"
}

/// A directory with `count` files.
func makeDirectory(_ place: String, _ label: String, _ count: Int) -> String {
  let path = "\(place)/\(label)"
  mkdir(path, 0o755)
  let bytes = [UInt8](repeating: UInt8(ascii: "o"), count: size)
  for index in 0..<count {
    let file = open("\(path)/\(name(index))", O_WRONLY | O_CREAT, 0o644)
    _ = write(file, bytes, size)
    // Every file differs, as files do: else a backup would keep one for all.
    _ = pwrite(file, Array(name(index).utf8), name(index).utf8.count, 0)
    close(file)
  }
  return path
}

func history(_ path: String, _ manner: CommitManner) throws -> DirectoryHistory {
  let history = try DirectoryHistory(
    path, environment: .current(tool: "benchmark", command: "benchmark"), manner: manner)
  // The state directory is made once in a directory's life.
  _ = try history.commit([FileChange(.create([]), at: RelativePath("first.yaml")!)], RunDescription(.apply))
  return history
}

/// The changes of a run that replaces all files.
func changes(_ count: Int) -> [FileChange] {
  (0..<count).map { index in
    FileChange(
      .replace([UInt8](repeating: UInt8(97 + index % 26), count: size - 8) + Array(name(index).utf8.prefix(8))),
      at: RelativePath(name(index))!)
  }
}

/// How long one of the four ways takes, in seconds.
func measure(_ way: Int, _ path: String, _ count: Int) throws -> Double {
  let work: () throws -> Void
  switch way {
  case 0: work = { _ = store_baseline(path, "", Int32(count), Int32(size), 0) }
  case 1:
    mkdir(path + "/backups", 0o700)
    work = { _ = store_baseline(path, path + "/backups", Int32(count), Int32(size), 1) }
  default:
    let (history, changes) = (try history(path, way == 2 ? .inPlace : .exchange), changes(count))
    work = { _ = try history.commit(changes, RunDescription(.apply, from: "1", to: "2")) }
  }
  // What the preparation leaves to be written is no part of any way.
  sync()
  return try seconds(work)
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

func milliseconds(_ value: Double) -> String {
  let hundredths = Int((value * 100_000).rounded())
  return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
}

func ratio(_ value: Double) -> String {
  let hundredths = Int((value * 100).rounded())
  return "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
}

let place = CommandLine.arguments.dropFirst().first ?? "."
var template = Array("\(place)/store-benchmark-XXXXXX".utf8CString)
guard mkdtemp(&template) != nil else { fatalError("no scratch directory in \(place)") }
let scratch = String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
let counts = CommandLine.arguments.dropFirst(2).compactMap { Int($0) }
print("| files | bare, ms | backup, ms | commit, ms | swap, ms | commit : bare | commit : backup | swap : bare |")
print("|---|---|---|---|---|---|---|---|")
for count in counts.isEmpty ? [10, 100, 1_000, 10_000] : counts {
  var times = [[Double]](repeating: [], count: 4)
  for round in 0..<(count > 1_000 ? 4 : count > 100 ? 8 : count > 10 ? 32 : 96) {
    for way in (0..<4).map({ ((round % 8 < 4 ? $0 : 3 - $0) + round) % 4 }) {
      let path = makeDirectory(scratch, "\(["bare", "backup", "commit", "swap"][way])-\(count)-\(round)", count)
      times[way].append(try measure(way, path, count))
    }
  }
  let (a, b, c, d) = (median(times[0]), median(times[1]), median(times[2]), median(times[3]))
  print(
    "| \(count) | \(milliseconds(a)) | \(milliseconds(b)) | \(milliseconds(c)) | \(milliseconds(d)) | \(ratio(c / a)) | \(ratio(c / b)) | \(ratio(d / a)) |"
  )
}
print("Remove \(scratch) when you have looked at it.")
