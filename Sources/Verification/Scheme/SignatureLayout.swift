/// How the value that carries the signature is laid out: one signature after a prefix, or a list of items, each
/// perhaps with a tag that says what it is.
struct SignatureLayout: Sendable, Equatable {
    /// What stands before everything else.
    var prefix: [UInt8] = []
    /// What stands between items; nil if there is one signature only.
    var separator: [UInt8]?
    /// What stands between an item's tag and its value; nil if items have no tags.
    var pair: [UInt8]?
    /// The tag of a signature. Items under other tags are passed over.
    var tag: [UInt8] = []
    /// The tag of the timestamp, if that stands in the list.
    var timestampTag: [UInt8]?
    /// Which item is the timestamp, from 0, if items have no tags.
    var timestampIndex: Int?
    /// The tag of what `{id}` stands for, if that stands in the list.
    var idTag: [UInt8]?
    /// Whether spaces after a separator do not count.
    var allowsSpaces = false

    /// Whether the timestamp stands in the list.
    var holdsTimestamp: Bool { timestampTag != nil || timestampIndex != nil }

    /// What messages call the item that is the id.
    var idName: String { idTag.map(Self.shown) ?? "" }

    /// What messages call the item that is the timestamp.
    var timestampName: String { timestampTag.map(Self.shown) ?? timestampIndex.map(String.init) ?? "" }

    /// What a request offers, by this layout.
    struct Offer {
        var signatures: [Range<Int>] = []
        var timestamp: Range<Int>?
        var id: Range<Int>?
    }

    static let maximumByteCount = 4096
    static let maximumItems = 32
    static let maximumSignatures = 8

    func read(_ value: Span<UInt8>, from carrier: Carrier) throws(Refusal) -> Offer {
        guard value.count <= Self.maximumByteCount else {
            throw Refusal(.tooLong(carrier, limit: Self.maximumByteCount))
        }
        guard value.hasBytes(prefix, at: 0) else {
            throw Refusal(.malformed(carrier, expected: "\(Self.shown(prefix)) before the signature"))
        }
        guard let separator else {
            return Offer(signatures: [prefix.count..<value.count])
        }
        let items = value.ranges(in: prefix.count..<value.count, separatedBy: separator)
        guard items.count <= Self.maximumItems else {
            throw Refusal(.tooMany(carrier, what: "items", limit: Self.maximumItems))
        }
        var offer = Offer()
        for (index, item) in items.enumerated() {
            var item = item
            if allowsSpaces, index > 0 {
                while let first = item.first, value[first] == UInt8(ascii: " ") { item = first + 1..<item.upperBound }
            }
            if index == timestampIndex {
                offer.timestamp = item
            } else {
                try read(item, of: value, into: &offer, carrier)
            }
        }
        guard !offer.signatures.isEmpty else {
            throw Refusal(.malformed(carrier, expected: "an item \(Self.shown(tag + (pair ?? [])))…"))
        }
        guard offer.signatures.count <= Self.maximumSignatures else {
            throw Refusal(.tooMany(carrier, what: "signatures", limit: Self.maximumSignatures))
        }
        return offer
    }

    private func read(
        _ item: Range<Int>, of value: Span<UInt8>, into offer: inout Offer, _ carrier: Carrier
    ) throws(Refusal) {
        guard let pair else {
            offer.signatures.append(item)
            return
        }
        guard let split = value.firstRange(of: pair, in: item) else {
            throw Refusal(.malformed(carrier, expected: "items of the form tag\(Self.shown(pair))value"))
        }
        let name = item.lowerBound..<split.lowerBound
        let content = split.upperBound..<item.upperBound
        if value.hasBytes(tag, in: name) {
            offer.signatures.append(content)
        } else if let timestampTag, value.hasBytes(timestampTag, in: name) {
            guard offer.timestamp == nil else {
                throw Refusal(.repeated(.item(Self.shown(timestampTag), of: carrier), count: 2))
            }
            offer.timestamp = content
        } else if let idTag, value.hasBytes(idTag, in: name) {
            guard offer.id == nil else {
                throw Refusal(.repeated(.item(Self.shown(idTag), of: carrier), count: 2))
            }
            guard Self.isIdentifier(value, content) else {
                throw Refusal(.malformed(.item(Self.shown(idTag), of: carrier), expected: "letters, digits, -, _ and ."))
            }
            offer.id = content
        }
    }

    /// Nothing else, so that what ends a body cannot move into an id that is signed right behind it.
    private static func isIdentifier(_ value: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let marks: [UInt8] = [UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ".")]
        for index in range {
            let letter = value[index] | 0x20
            let isWord = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(value[index])
            guard isWord || marks.contains(value[index]) else { return false }
        }
        return !range.isEmpty
    }

    /// A value that this layout reads back.
    func write(signature: [UInt8], timestamp: [UInt8]?, id: [UInt8] = []) -> [UInt8] {
        guard let separator else { return prefix + signature }
        guard let pair else {
            guard let timestampIndex, let timestamp else { return prefix + signature }
            return prefix
                + (timestampIndex == 0 ? timestamp + separator + signature : signature + separator + timestamp)
        }
        var value = prefix
        if let timestampTag, let timestamp { value += timestampTag + pair + timestamp + separator }
        if let idTag { value += idTag + pair + id + separator }
        return value + tag + pair + signature
    }

    private static func shown(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
