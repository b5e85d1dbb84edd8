private import Synchronization
internal import SystemPackage

/// Open files without a name, closed by other threads while the caller goes on: what a file took on the disk is given back when it is
/// closed, and some disks are told of each part of it, and waited for.
///
/// For one thread. All are closed after ``finish()``, or when the last reference is gone.
final class ClosingFiles {
  private let fileSystem: any FileSystem
  /// Asked by another thread, which has the rest of the crew come if so.
  private let question: SharedWork?
  private let answer = Answer()
  private var files: [FileDescriptor] = []
  /// What the crew is working on, oldest first.
  private var handedOut: [SharedWork] = []

  /// - Parameter count: About how many files it will be.
  init(_ count: Int, in directory: OpenDirectory) {
    let (fileSystem, answer) = (directory.fileSystem, answer)
    self.fileSystem = fileSystem
    guard count >= Self.fewest, fileSystem.mayFreeOnClose(in: directory.descriptor) else {
      question = nil
      return
    }
    let question = SharedWork(count: 1) { _ in
      guard fileSystem.freesOnClose(in: directory.descriptor) else { return }
      answer.isYes.store(true, ordering: .releasing)
      WorkCrew.waiting.muster()
    }
    self.question = question
    WorkCrew.waiting.start(question)
  }

  private final class Answer: Sendable {
    let isYes = Atomic(false)
  }

  /// Whether that is worth it: elsewhere nobody waits, or for few files the threads cost as much as they save.
  private(set) lazy var isWorthIt: Bool = {
    guard let question else { return false }
    WorkCrew.waiting.finish(question)
    return answer.isYes.load(ordering: .acquiring)
  }()

  deinit { finish() }

  private static let fewest = 8
  /// How many files are handed out together.
  private static let bundle = 2
  /// How many bundles wait at most: no more files are open than that.
  private static let bundles = 32

  func close(_ descriptor: FileDescriptor) {
    files.append(descriptor)
    if files.count == Self.bundle { handOut() }
  }

  /// Lets the closing of all files begin.
  func handOut() {
    guard !files.isEmpty else { return }
    if handedOut.count == Self.bundles { WorkCrew.waiting.finish(handedOut.removeFirst()) }
    let (fileSystem, files) = (fileSystem, files)
    self.files = []
    let work = SharedWork(count: files.count) { fileSystem.close(files[$0]) }
    WorkCrew.waiting.start(work)
    handedOut.append(work)
  }

  /// Returns when all files are closed. The threads leave.
  func finish() {
    handOut()
    for work in handedOut { WorkCrew.waiting.finish(work) }
    handedOut = []
    if isWorthIt { WorkCrew.waiting.dismiss() }
    isWorthIt = false
  }
}
