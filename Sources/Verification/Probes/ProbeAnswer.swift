/// What came back of a probe.
package struct ProbeAnswer: Sendable {
    /// nil if the connection ended without an answer, or none came in time.
    package let status: Int?
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]
    /// Why there is no answer.
    package let failure: String
    /// When it came, in milliseconds since 1970.
    private let time: Int64?

    package init(status: Int, headers: [(name: String, value: String)], body: [UInt8], at time: Int64? = nil) {
        self.time = time
        self.status = status
        self.headers = headers
        self.body = body
        failure = ""
    }

    package init(failure: String) {
        status = nil
        headers = []
        body = []
        time = nil
        self.failure = failure
    }
}

extension ProbeAnswer {
    /// The id under which the location has kept the event: only events that are verified have one.
    package var event: String? {
        guard let id = value(of: "Postern-Event"), (1...64).contains(id.utf8.count),
            id.utf8.allSatisfy({ SignatureCarriers.isAlphanumeric($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") })
        else { return nil }
        return id
    }

    package var isDuplicate: Bool { value(of: "Postern-Duplicate") != nil }

    func value(of name: String) -> String? {
        headers.last { HeaderName.areEqual($0.name, name) }?.value
    }

    var isSuccess: Bool { status.map { (200..<300).contains($0) } ?? false }

    /// What the web server's clock shows, where it goes wrong by more than a request takes; its `Date` is in whole seconds.
    var clock: String? {
        guard let time, let date = value(of: "Date").flatMap(HTTPDate.milliseconds) else { return nil }
        let ahead = (date - time) / 1000
        guard abs(ahead) > Self.unremarkable else { return nil }
        return "the clock there is \(abs(ahead)) s \(ahead > 0 ? "ahead of" : "behind") the one here"
    }

    private static let unremarkable: Int64 = 3

    /// Whether an error of Postern's own form stands in it; nil if there is nothing to tell by.
    var isPosterns: Bool? {
        body.isEmpty ? nil : body.starts(with: Array(#"{"code":""#.utf8))
    }
}
