extension RequestLoop {
    /// Reads the whole body of a request; what of a refused one is left is thrown away.
    /// - Returns: nil if it is slow and no thread is left to wait for it.
    func readBody(
        of connection: Connection, _ declared: DeclaredLength, maximum: Int
    ) throws(BodyFailure) -> [UInt8]? {
        if connection.isWhole { return try read(connection, declared, maximum).get() }
        var result = Result<[UInt8], BodyFailure>.success([])
        switch wait(for: connection, .arriving, { result = read(connection, declared, maximum) }) {
        case true: return try result.get()
        case false:
            connection.closeAfterwards()
            throw .timeLimit(seconds: Int(limits.transferTime.components.seconds))
        default: return nil
        }
    }

    private func read(
        _ connection: Connection, _ declared: DeclaredLength, _ maximum: Int
    ) -> Result<[UInt8], BodyFailure> {
        do throws(BodyFailure) {
            return .success(try connection.readBody(declared, maximum: maximum))
        } catch {
            connection.drain(limit: limits.drain)
            return .failure(error)
        }
    }

    /// Reads the body of a request that is answered without it.
    func drain(_ connection: Connection) {
        if connection.isWhole {
            connection.drain(limit: limits.drain)
        } else {
            let isInTime = wait(for: connection, .arriving) {
                connection.drain(limit: limits.drain)
            }
            if isInTime != true { connection.closeAfterwards() }
        }
    }
}
