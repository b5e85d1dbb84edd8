package import ConfigStore

/// When an upgrade may run.
package struct MaintenanceWindow: Sendable {
  /// A stretch of each week.
  package struct Opening: Hashable, Sendable {
    /// Monday is 0.
    package var weekdays: Set<Int>
    /// Minutes after midnight. An end that is not after the begin is on the next day.
    package var begin: Int
    package var end: Int
    package init(weekdays: Set<Int>, begin: Int, end: Int) {
      self.weekdays = weekdays
      self.begin = begin
      self.end = end
    }
  }
  /// A stretch in which nothing may run, whatever day it is.
  package struct Blackout: Hashable, Sendable {
    package var begin: Timestamp
    package var end: Timestamp
    package var reason: String
    package init(begin: Timestamp, end: Timestamp, reason: String) {
      self.begin = begin
      self.end = end
      self.reason = reason
    }
  }

  /// Empty for any time.
  package var openings: [Opening]
  package var blackouts: [Blackout]
  /// The offset of local time from UTC, in seconds.
  package var offset: Int64

  package init(openings: [Opening], blackouts: [Blackout], offset: Int64 = 0) {
    self.openings = openings
    self.blackouts = blackouts
    self.offset = offset
  }

  /// Why an upgrade that begins then and takes so long may not run; nil where it may.
  ///
  /// - Parameter milliseconds: how long it takes.
  package func objection(at begin: Timestamp, for milliseconds: Int) -> String? {
    let end = begin.adding(seconds: Int64(milliseconds / 1_000))
    for blackout in blackouts where begin < blackout.end && blackout.begin <= end {
      return "there is a blackout from \(blackout.begin) to \(blackout.end): \(blackout.reason)"
    }
    guard !openings.isEmpty else { return nil }
    guard let close = closing(at: begin) else { return "the window is not open at \(begin)" }
    if close < end { return "the window closes at \(close), before the upgrade is done" }
    return nil
  }

  /// The first moment at which an upgrade of this length may begin; nil where there is none within 60 days.
  package func nextOpening(from moment: Timestamp, for milliseconds: Int) -> Timestamp? {
    var candidate = Timestamp(seconds: moment.seconds)
    let last = moment.adding(seconds: 60 * 86_400)
    while candidate < last {
      if objection(at: candidate, for: milliseconds) == nil { return candidate }
      candidate = Timestamp(seconds: (candidate.seconds / 900 + 1) * 900)
    }
    return nil
  }

  /// When the window that is open then closes; nil where none is.
  private func closing(at moment: Timestamp) -> Timestamp? {
    let local = moment.adding(seconds: offset)
    let minute = Int(local.seconds.quotientAndRemainder(dividingBy: 86_400).remainder / 60)
    let midnight = moment.adding(seconds: -(local.seconds % 86_400))
    var closings: [Timestamp] = []
    for opening in openings {
      let wraps = opening.end <= opening.begin
      if opening.weekdays.contains(local.weekday), minute >= opening.begin, wraps || minute < opening.end {
        closings.append(midnight.adding(seconds: Int64(opening.end) * 60 + (wraps ? 86_400 : 0)))
      } else if wraps, opening.weekdays.contains((local.weekday + 6) % 7), minute < opening.end {
        closings.append(midnight.adding(seconds: Int64(opening.end) * 60))
      }
    }
    return closings.max()
  }
}
