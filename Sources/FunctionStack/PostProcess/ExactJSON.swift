import Cryptography
import Values

/// Values as JSON from which they come back exactly, which JSON alone does not do: for bytes that are no UTF-8, for
/// decimals that look like integers or are infinite, and for keys that could be taken for a mark, there are marks.
enum ExactJSON {
    private static let bytes: Text = "$bytes"
    private static let decimal: Text = "$decimal"
    private static let object: Text = "$object"

    static func encoded(_ value: Value) -> Value {
        switch value {
        case .null, .boolean, .integer: value
        case .decimal(let number): isPlain(number) ? value : [decimal: .text(String(number.bitPattern, radix: 16))]
        case .text(let text): encoded(text)
        case .array(let items): .array(items.map { encoded($0) })
        case .object(let object): encoded(object)
        }
    }

    private static func isPlain(_ number: Double) -> Bool {
        guard number.isFinite, case .decimal(let read)? = try? JSON.parse(JSON.print(.decimal(number))) else { return false }
        return read.bitPattern == number.bitPattern
    }

    private static func encoded(_ text: Text) -> Value {
        text.isUTF8 ? .text(text) : [bytes: .text(Base64.standard.encode(text.bytes))]
    }

    private static func encoded(_ object: Object) -> Value {
        let isPlain = object.keys.allSatisfy { $0.isUTF8 && !$0.string.utf8.starts(with: "$".utf8) }
        if isPlain { return .object(Object(object.map { ($0.key, encoded($0.value)) })) }
        return [Self.object: .array(object.map { .array([encoded($0.key), encoded($0.value)]) })]
    }

    /// - Returns: nil for what `encoded` did not give.
    static func decoded(_ value: Value) -> Value? {
        switch value {
        case .null, .boolean, .integer, .decimal, .text: return value
        case .array(let items):
            var values: [Value] = []
            for item in items {
                guard let value = decoded(item) else { return nil }
                values.append(value)
            }
            return .array(values)
        case .object(let object):
            if !object.isEmpty, case let first = object.entry(at: 0), first.key.string.utf8.starts(with: "$".utf8) {
                return decoded(mark: first.key, first.value)
            }
            var values = Object(capacity: object.count)
            for (key, item) in object {
                guard let value = decoded(item) else { return nil }
                values.append(newKey: key, value)
            }
            return .object(values)
        }
    }

    private static func decoded(mark: Text, _ value: Value) -> Value? {
        switch (mark, value) {
        case (bytes, .text(let text)):
            return Base64.standard.decode(text.string).map { .text(Text(bytes: $0)) }
        case (decimal, .text(let text)):
            return UInt64(text.string, radix: 16).map { .decimal(Double(bitPattern: $0)) }
        case (object, .array(let entries)):
            var values = Object(capacity: entries.count)
            for entry in entries {
                guard case .array(let pair) = entry, pair.count == 2, case .text(let key)? = decoded(pair[0]),
                    let value = decoded(pair[1])
                else { return nil }
                values.append(newKey: key, value)
            }
            return .object(values)
        default: return nil
        }
    }
}
