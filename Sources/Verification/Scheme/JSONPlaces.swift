internal import Values

/// One place in a JSON document, or the same place in every item of an array: `/value/*/clientState`.
struct JSONPlaces: Sendable, Equatable {
    let text: String
    /// The array, if there is a `*`.
    private let array: JSONPointer?
    /// The place in the document, or in each item.
    private let place: JSONPointer

    /// The most items whose places are read.
    private static let maximumItems = 10_000

    /// nil for text that is no JSON pointer, or has more than one `*`.
    init?(_ text: String) {
        self.text = text
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let star = parts.firstIndex(of: "*") else {
            guard let place = RequestField.pointer(text) else { return nil }
            array = nil
            self.place = place
            return
        }
        let rest = parts[(star + 1)...]
        guard !rest.contains("*"), let place = RequestField.pointer("/" + rest.joined(separator: "/")), !rest.isEmpty,
            let array = JSONPointer(parts[..<star].joined(separator: "/"))
        else { return nil }
        self.array = array
        self.place = place
    }

    var carrier: Carrier { .json(text) }

    /// The texts that stand there: at least one.
    ///
    /// - Throws: `Refusal` if an item has none.
    func texts(in document: Value) throws(Refusal) -> [[UInt8]] {
        guard let array else { return [try Self.text(place, document, carrier)] }
        guard case .array(let items)? = array.value(in: document), !items.isEmpty else {
            throw Refusal(.missing(carrier))
        }
        guard items.count <= Self.maximumItems else {
            throw Refusal(.tooMany(carrier, what: "items", limit: Self.maximumItems))
        }
        var texts: [[UInt8]] = []
        for item in items { texts.append(try Self.text(place, item, carrier)) }
        return texts
    }

    private static func text(_ place: JSONPointer, _ document: Value, _ carrier: Carrier) throws(Refusal) -> [UInt8] {
        guard case .text(let text)? = place.value(in: document) else { throw Refusal(.missing(carrier)) }
        guard !text.isEmpty else { throw Refusal(.empty(carrier)) }
        return text.bytes
    }

    /// A document with a text at these places; nil if they are not to be had there.
    func setting(_ value: Value, in document: Value) -> Value? {
        guard let array else { return place.setting(value, in: document) }
        guard case .array(let items)? = array.value(in: document), !items.isEmpty else { return nil }
        var changed: [Value] = []
        for item in items {
            guard let item = place.setting(value, in: item) else { return nil }
            changed.append(item)
        }
        return array.setting(.array(changed), in: document)
    }
}
