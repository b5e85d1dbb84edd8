import ConfigDocument
import Testing

@testable import ConfigStore

@Suite struct SecretKeyTests {
  @Test func `equal secrets have equal tags, and only with one key`() {
    let key = SecretKey.ofThisProcess
    #expect(key.tag(of: "hunter2") == key.tag(of: "hunter2"))
    #expect(key.tag(of: "hunter2") != key.tag(of: "hunter3"))
    #expect(key.tag(of: "17") != key.tag(of: 17))
    #expect(key.tag(of: "x").wholeMatch(of: /<secret [0-9a-f]{6}>/) != nil)
  }
}
