/// The CGI environment of one request, copied once at the edge.
///
/// A name that the web server sent twice is kept twice, in its order. Values are any bytes but NUL,
/// which neither `environ` nor libfcgi can hold.
package struct Environment: Sendable {
    /// Where one entry lies in `bytes`: its name, one byte between, its value.
    struct Entry: Sendable {
        let start: Int32
        let nameCount: Int32
        let valueCount: Int32

        var name: Range<Int> { Int(start)..<Int(start) + Int(nameCount) }
        var value: Range<Int> { name.upperBound + 1..<name.upperBound + 1 + Int(valueCount) }
    }

    let bytes: [UInt8]
    let entries: [Entry]

    init(bytes: [UInt8], entries: [Entry]) {
        self.bytes = bytes
        self.entries = entries
    }

    /// Number of entries, repeated names counted each time.
    package var count: Int { entries.count }

    /// Lends every entry in turn, without a copy.
    package func forEach<Failure: Error>(
        _ body: (_ name: Span<UInt8>, _ value: Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        let span = bytes.span
        for entry in entries {
            try body(span.extracting(entry.name), span.extracting(entry.value))
        }
    }

    /// Lends each entry whose name begins with `prefix`, without a copy; the name is given whole.
    package func forEach<Failure: Error>(
        prefix: String, _ body: (_ name: Span<UInt8>, _ value: Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        let span = bytes.span
        let wanted = prefix.utf8Span.span
        for entry in entries where entry.nameCount >= wanted.count {
            let name = span.extracting(entry.name)
            if Self.begins(name, wanted) {
                try body(name, span.extracting(entry.value))
            }
        }
    }

    /// Lends the first value of `name`, without a copy; nil if there is none.
    package func withValue<Result, Failure: Error>(
        _ name: String, _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result? {
        guard let entry = first(name) else { return nil }
        return try body(bytes.span.extracting(entry.value))
    }

    /// The first value of `name` as text, nil if there is none. Bytes that are no UTF-8 become
    /// U+FFFD: take `bytes(_:)` where every byte counts.
    package func value(_ name: String) -> String? {
        first(name).map { String(decoding: bytes[$0.value], as: UTF8.self) }
    }

    /// The exact bytes of the first value of `name`, nil if there is none.
    package func bytes(_ name: String) -> [UInt8]? {
        first(name).map { Array(bytes[$0.value]) }
    }

    /// The exact bytes of every value of `name`, in their order.
    package func values(of name: String) -> [[UInt8]] {
        let wanted = name.utf8Span.span
        var values: [[UInt8]] = []
        for entry in entries where isNamed(entry, wanted) {
            values.append(Array(bytes[entry.value]))
        }
        return values
    }

    /// Whether `name` is present, even if empty.
    package func contains(_ name: String) -> Bool {
        first(name) != nil
    }

    /// Whether the first value of `name` is exactly `text`.
    package func value(_ name: String, is text: String) -> Bool {
        withValue(name) { value in
            value.count == text.utf8.count && Self.begins(value, text.utf8Span.span)
        } ?? false
    }

    private func first(_ name: String) -> Entry? {
        let wanted = name.utf8Span.span
        for entry in entries where isNamed(entry, wanted) {
            return entry
        }
        return nil
    }

    private func isNamed(_ entry: Entry, _ wanted: Span<UInt8>) -> Bool {
        Int(entry.nameCount) == wanted.count && Self.begins(bytes.span.extracting(entry.name), wanted)
    }

    /// Whether `text`, which is at least as long, begins with `prefix`.
    private static func begins(_ text: Span<UInt8>, _ prefix: Span<UInt8>) -> Bool {
        // From the end: names share their beginnings (HTTP_, POSTERN_).
        var index = prefix.count
        while index > 0 {
            index -= 1
            if text[index] != prefix[index] { return false }
        }
        return true
    }
}
