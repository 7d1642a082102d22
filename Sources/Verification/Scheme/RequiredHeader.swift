/// A header that must come with one value, such as the version of the rule by which a request is signed.
struct RequiredHeader: Sendable, Equatable {
    let name: String
    let value: [UInt8]

    /// From `NAME: VALUE`; nil for text of another form.
    init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, HeaderName.isValid(String(parts[0])) else { return nil }
        let value = parts[1].drop { $0 == " " }
        guard !value.isEmpty else { return nil }
        name = String(parts[0])
        self.value = Array(value.utf8)
    }

    func check(_ request: some SignedRequest) throws(Refusal) {
        let carrier = Carrier.header(name)
        guard try carrier.value(in: request) == value else {
            throw Refusal(.malformed(carrier, expected: String(decoding: value, as: UTF8.self)))
        }
    }
}
