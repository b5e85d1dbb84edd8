/// Where a server listens, and who asks.
package struct DatabaseServer: Hashable, Sendable {
  package enum Endpoint: Hashable, Sendable {
    /// PostgreSQL: the directory of the socket; MariaDB and Redis: the socket itself.
    case socket(String)
    case host(String)
  }

  package var endpoint: Endpoint
  package var port: Int?
  package var user: String?
  /// Never shown.
  package var password: String?

  package init(_ endpoint: Endpoint, port: Int? = nil, user: String? = nil, password: String? = nil) {
    self.endpoint = endpoint
    self.port = port
    self.user = user
    self.password = password
  }

  /// To show.
  package var place: String {
    switch endpoint {
    case .socket(let path): path
    case .host(let host): port.map { "\(host):\($0)" } ?? host
    }
  }
}

extension DatabaseServer: CustomStringConvertible {
  package var description: String { place }
}
