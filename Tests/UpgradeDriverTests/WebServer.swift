import Foundation
import Glibc

/// Answers HTTP on loopback from a thread of its own: `/` is healthy, `/hook` keeps what is posted, all else is 404.
final class WebServer: @unchecked Sendable {
  let url: String
  private let socket: Int32
  private let lock = NSLock()
  private var posted = ""

  init() throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = socket
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
    }
    var length = size
    _ = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
    }
    precondition(bound == 0 && listen(socket, 16) == 0, "no port on loopback")
    url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/"
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { context in
        Unmanaged<WebServer>.fromOpaque(context!).takeRetainedValue().serve()
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
    pthread_detach(thread)
  }

  /// What was last posted.
  var received: String { lock.withLock { posted } }

  private func serve() {
    while true {
      let client = accept(socket, nil, nil)
      guard client >= 0 else { return }
      answer(client)
      close(client)
    }
  }

  private func answer(_ client: Int32) {
    var text = ""
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var wanted = 0
    while true {
      let count = read(client, &buffer, buffer.count)
      guard count > 0 else { break }
      text += String(decoding: buffer[..<count], as: UTF8.self)
      guard let head = text.firstRange(of: "\r\n\r\n") else { continue }
      for line in text[..<head.lowerBound].split(separator: "\r\n") where line.lowercased().hasPrefix("content-length:")
      {
        wanted = Int(line.split(separator: " ").last ?? "0") ?? 0
      }
      if text[head.upperBound...].utf8.count >= wanted { break }
    }
    let path = text.split(separator: " ").dropFirst().first ?? ""
    if path == "/hook" { lock.withLock { posted = text } }
    let status = path == "/" || path == "/hook" ? "200 OK" : "404 Not Found"
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    var date = [CChar](repeating: 0, count: 64)
    strftime(&date, date.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
    let shown = date.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let body = "healthy\n"
    let reply =
      "HTTP/1.1 \(status)\r\nDate: \(String(decoding: shown, as: UTF8.self))\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)"
    _ = Array(reply.utf8).withUnsafeBytes { write(client, $0.baseAddress, $0.count) }
  }
}
