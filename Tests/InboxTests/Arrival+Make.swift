import Inbox
import Storage
import Values

extension Arrival {
    /// An arrival of which a test states only what matters to it.
    static func make(
        key: String? = nil, kind: String = "header:X-Id", location: String = "shop", received: Int64 = 1_000,
        body: [UInt8] = Array("{}".utf8), secrets: [SecretMark] = [SecretMark(fingerprint: "0a1b2c3d", origin: "line 1 of file:/s")]
    ) -> Arrival {
        var random = SystemRandomNumberGenerator()
        return Arrival(
            id: EventID(milliseconds: received, random: &random), location: location, sender: "github",
            received: received, key: key.map { DedupeKey(kind: kind, value: Array($0.utf8)) }, secrets: secrets,
            request: .make(body: body))
    }
}

extension StoredRequest {
    static func make(body: [UInt8] = Array("{}".utf8)) -> StoredRequest {
        StoredRequest(
            method: "POST", path: "/hooks/a%20b", query: "x=1&y=%00",
            headers: [
                HeaderField("Content-Type", "application/json"), HeaderField("X-Bytes", Text(bytes: [0xff, 0, 0x0a])),
                HeaderField("X-Empty", ""), HeaderField("X-Long", Text(String(repeating: "h", count: 300))),
                HeaderField("X-Empty", "again"),
            ],
            contentType: "application/json", body: body)
    }
}

extension StoredAnswer {
    static func make(_ status: Int, _ body: [UInt8] = Array("ok".utf8)) -> StoredAnswer {
        StoredAnswer(status: status, headers: [HeaderField("X-Answer", Text(bytes: [0x80, 0]))], body: body)
    }
}

/// A database in memory with the inbox's tables.
struct Bench {
    let connection: Connection
    let inbox: Inbox

    init(_ options: Connection.Options = .memory, owner: ClaimOwner? = nil) throws {
        connection = try Connection(options)
        try connection.prepare(workspace: "test", schemas: [Inbox.schema])
        inbox = Inbox(owner: owner)
    }

    func admit(_ arrival: Arrival, _ beginning: Beginning = .here) throws -> Admission {
        try connection.transaction { try inbox.admit(arrival, beginning, on: connection) }
    }

    @discardableResult
    func settle(_ attempt: Attempt, _ settlement: Settlement, claimed: Bool = false, at now: Int64 = 2_000) throws -> Bool {
        try connection.transaction {
            try inbox.settle(attempt, settlement, isClaimed: claimed, at: now, on: connection)
        }
    }

    func claim(at now: Int64 = 2_000, until: Int64 = .max) throws -> ClaimedEvent? {
        try connection.transaction { try inbox.claimNext(at: now, until: until, on: connection) }
    }

    func detail(_ id: EventID) throws -> EventDetail? { try inbox.event(id, on: connection) }

    func count(_ table: String) throws -> Int64 {
        try connection.statement("SELECT count(*) FROM \(table)").first { $0.integer(0) } ?? -1
    }
}

extension Admission {
    var attempt: Attempt? {
        switch self {
        case .new(let attempt), .again(let attempt): attempt
        case .duplicate: nil
        }
    }

    var duplicate: Duplicate? {
        if case .duplicate(let duplicate) = self { duplicate } else { nil }
    }

    var isNew: Bool { if case .new = self { true } else { false } }
    var isAgain: Bool { if case .again = self { true } else { false } }
}
