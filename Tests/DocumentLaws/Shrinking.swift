import ConfigDocument

extension LawCase {
  /// Looks for the smallest text and the fewest edits that break the same law.
  package func shrunk(breaking law: String, tries: Int = 4000) -> LawCase {
    var best = self
    var left = tries
    func breaks(_ candidate: LawCase) -> Bool {
      left -= 1
      var tally = Tally()
      do throws(Breach) { try candidate.check(&tally) } catch { return error.law == law }
      return false
    }
    var hasShrunk = true
    while hasShrunk, left > 0 {
      hasShrunk = false
      for index in best.edits.indices.reversed() where best.edits.count > 1 {
        var candidate = best
        candidate.edits.remove(at: index)
        if breaks(candidate) {
          best = candidate
          hasShrunk = true
        }
      }
      // Whole lines first, then runs of bytes.
      for width in [-3, -2, -1, 16, 8, 4, 2, 1] {
        var start = 0
        while start < best.text.count, left > 0 {
          let end = width < 0 ? best.end(ofLines: -width, from: start) : min(start + width, best.text.count)
          var candidate = best
          candidate.text.removeSubrange(start..<end)
          if breaks(candidate) {
            best = candidate
            hasShrunk = true
          } else {
            start = width < 0 ? best.end(ofLines: 1, from: start) : start + 1
          }
        }
      }
      // Other picks may stand for the same thing in fewer bytes.
      for index in best.edits.indices {
        for pick in best.edits[index].picks.indices where best.edits[index].picks[pick] > 7 {
          for small in 0..<8 {
            var candidate = best
            candidate.edits[index].picks[pick] = small
            if breaks(candidate) {
              best = candidate
              break
            }
          }
        }
        for value in [Value.string("word"), ["x": 1]] where best.edits[index].value != value {
          var candidate = best
          candidate.edits[index].value = value
          if breaks(candidate) {
            best = candidate
            break
          }
        }
        var candidate = best
        candidate.edits[index].comment = nil
        if best.edits[index].comment != nil, breaks(candidate) { best = candidate }
      }
    }
    return best
  }

  private func end(ofLines count: Int, from start: Int) -> Int {
    var (end, left) = (start, count)
    while end < text.count, left > 0 {
      if text[end] == 10 || text[end] == 13 && (end + 1 == text.count || text[end + 1] != 10) { left -= 1 }
      end += 1
    }
    return end
  }
}
