internal import Synchronization

extension RequestLoop {
    /// Answers the request on a connection, on this thread if that cannot take long.
    func answer(_ connection: Connection, _ response: Response) {
        if response.body.count <= Connection.shortAnswer, !connection.needsLinger, connection.isWritable() {
            connection.finish(response)
            release(connection)
        } else {
            leaving.withLock { $0.append((connection, response)) }
            wakeUp.signal()
        }
    }

    func finishNext() {
        let next = leaving.withLock { leaving in
            if leaving.count <= 1 { wakeUp.clear() }
            return leaving.isEmpty ? nil : leaving.removeFirst()
        }
        guard let (connection, response) = next else { return }
        let isInTime = wait(for: connection, .leaving) { connection.finish(response) }
        if isInTime == false { report(.overdue) }
        release(connection)
    }

    private func release(_ connection: Connection) {
        if connection.isOpen, !isStopping.load(ordering: .acquiring) {
            keep(connection)
        }
        end()
    }
}
