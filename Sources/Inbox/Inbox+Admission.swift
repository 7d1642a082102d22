package import Storage

extension Inbox {
    /// Takes a verified delivery into the inbox, inside the transaction of its run.
    ///
    /// A key seen before makes it a redelivery: of an event that was answered 2xx, or is queued or under way, it is
    /// a duplicate; of any other it runs again, in the same row.
    /// - Parameter connection: inside a transaction that writes.
    /// - Throws: errors of the storage: then nothing may be acknowledged.
    package func admit(_ arrival: Arrival, _ beginning: Beginning, on connection: Connection) throws -> Admission {
        guard let key = arrival.key else {
            return .new(try insert(arrival, beginning, on: connection))
        }
        switch try KeyIndex.find(key, location: arrival.location, on: connection) {
        case .free(let fingerprint):
            let attempt = try insert(arrival, beginning, on: connection)
            try KeyIndex.add(fingerprint, event: attempt.sequence, on: connection)
            return .new(attempt)
        case .taken(let sequence):
            return try readmit(arrival, sequence, beginning, on: connection)
        }
    }

    private static let insertEvent = SQL(
        """
        INSERT INTO postern_event (id, location, sender, received, state, attempts, due, key_kind, key_value, secret,
            answer_status, answer_headers, answer_body, awaited)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        """)
    private static let insertRequest = SQL(
        """
        INSERT OR REPLACE INTO postern_request (event, method, path, query, headers, content_type, body)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
        """)

    private func insert(_ arrival: Arrival, _ beginning: Beginning, on connection: Connection) throws -> Attempt {
        let statement = try connection.statement(Self.insertEvent)
        statement.bind(1, arrival.id.text)
        statement.bind(2, arrival.location)
        statement.bind(3, arrival.sender)
        statement.bind(4, arrival.received)
        if let key = arrival.key {
            statement.bind(8, key.kind)
            statement.bind(9, bytes: key.value)
        }
        statement.bind(10, arrival.secrets.first?.description)
        let number = beginning.isQueued ? 0 : 1
        statement.bind(5, (beginning.isQueued ? EventState.queued : .running).rawValue)
        statement.bind(6, Int64(number))
        if beginning.isQueued { statement.bind(7, Int64(0)) }
        if let answer = beginning.answer { statement.bind(answer, from: 11) }
        statement.bind(14, beginning.isAwaited)
        try statement.run()
        let attempt = Attempt(id: arrival.id, sequence: connection.lastInsertedRow, number: number)
        try store(arrival.request, of: attempt.sequence, on: connection)
        if case .claimed(let until) = beginning { try claim(attempt.sequence, until: until, on: connection) }
        try countSecrets(of: arrival, isNew: true, on: connection)
        return attempt
    }

    private func store(_ request: StoredRequest, of event: Int64, on connection: Connection) throws {
        let statement = try connection.statement(Self.insertRequest)
        statement.bind(1, event)
        statement.bind(2, request.method)
        statement.bind(3, request.path)
        statement.bind(4, request.query)
        statement.bind(5, bytes: request.packedHeaders)
        statement.bind(6, request.contentType)
        statement.bind(7, bytes: request.body)
        try statement.run()
    }
}

// MARK: Redeliveries

extension Inbox {
    private static let known = SQL(
        """
        SELECT id, state, answer_status, answer_headers, answer_body, attempts FROM postern_event WHERE sequence = ?1
        """)
    private static let restart = SQL(
        """
        UPDATE postern_event SET state = ?2, attempts = ?3, due = ?4, answer_status = ?5, answer_headers = ?6,
            answer_body = ?7, secret = ?8, awaited = ?9, finished = NULL, error = NULL
        WHERE sequence = ?1
        """)

    private func readmit(
        _ arrival: Arrival, _ sequence: Int64, _ beginning: Beginning, on connection: Connection
    ) throws -> Admission {
        let statement = try connection.statement(Self.known)
        statement.bind(1, sequence)
        let known = try statement.first { row in
            let duplicate = Duplicate(
                id: EventID(stored: row.string(0)), sequence: sequence,
                state: EventState(rawValue: row.integer(1)) ?? .failed, answer: row.answer(from: 2))
            return (duplicate: duplicate, attempts: Int(clamping: row.integer(5)))
        }
        guard let known else {
            throw DatabaseError(.corrupt, "the index of dedupe keys names an event that is not there")
        }
        if known.duplicate.isAnswered {
            try noteSecrets(arrival.secrets, of: arrival.location, at: arrival.received, on: connection)
            return .duplicate(known.duplicate)
        }
        return .again(try restart(known.duplicate, known.attempts, arrival, beginning, on: connection))
    }

    private func restart(
        _ event: Duplicate, _ attempts: Int, _ arrival: Arrival, _ beginning: Beginning, on connection: Connection
    ) throws -> Attempt {
        let statement = try connection.statement(Self.restart)
        statement.bind(1, event.sequence)
        let number = beginning.isQueued ? attempts : attempts + 1
        statement.bind(2, (beginning.isQueued ? EventState.queued : .running).rawValue)
        statement.bind(3, Int64(number))
        if beginning.isQueued { statement.bind(4, Int64(0)) }
        if let answer = beginning.answer { statement.bind(answer, from: 5) }
        statement.bind(8, arrival.secrets.first?.description)
        statement.bind(9, beginning.isAwaited)
        try statement.run()
        if case .claimed(let until) = beginning { try claim(event.sequence, until: until, on: connection) }
        // What runs is what came now.
        try store(arrival.request, of: event.sequence, on: connection)
        try countSecrets(of: arrival, isNew: false, on: connection)
        return Attempt(id: event.id, sequence: event.sequence, number: number)
    }
}

extension Duplicate {
    /// Whether there is nothing to run: its answer was a success, or it is about to run, or runs.
    fileprivate var isAnswered: Bool {
        answer?.isSuccess == true || state == .queued || state == .running
    }
}
