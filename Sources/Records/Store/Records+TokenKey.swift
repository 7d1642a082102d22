import FunctionStack
package import Storage

extension Records {
    private static let selectKey = SQL("SELECT value FROM postern_secret WHERE name = 'token'")
    private static let insertKey = SQL("INSERT INTO postern_secret (name, value) VALUES ('token', ?1)")

    package func tokenKey() throws -> [UInt8] {
        if let key = try Self.tokenKey(connection) { return key }
        let key = randomBytes(AuthToken.keyByteCount)
        let statement = try connection.statement(Self.insertKey)
        statement.bind(1, bytes: key)
        try statement.run()
        return key
    }

    /// The key of the tokens of signed-in users; nil if none was ever made. It never changes.
    package static func tokenKey(_ connection: Connection) throws -> [UInt8]? {
        try connection.statement(selectKey).first { $0.bytes(0) }
    }
}
