package import Values

/// A place in a JSON document (RFC 6901), never the whole of it.
package struct JSONPointer: Sendable, Equatable {
    /// As written: `/data/id`.
    package let text: String
    private let steps: [Text]

    private static let maximumSteps = 32

    /// nil if the text does not begin with `/`, has a `~` that stands before neither 0 nor 1, or goes too deep.
    package init?(_ text: String) {
        guard text.utf8.first == UInt8(ascii: "/") else { return nil }
        var steps: [Text] = []
        for part in text.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            var bytes: [UInt8] = []
            var rest = part
            while let byte = rest.popFirst() {
                guard byte == UInt8(ascii: "~") else {
                    bytes.append(byte)
                    continue
                }
                switch rest.popFirst() {
                case UInt8(ascii: "0"): bytes.append(UInt8(ascii: "~"))
                case UInt8(ascii: "1"): bytes.append(UInt8(ascii: "/"))
                default: return nil
                }
            }
            steps.append(Text(bytes: bytes))
        }
        guard steps.count <= Self.maximumSteps else { return nil }
        self.text = text
        self.steps = steps
    }

    /// What stands there, or nil if nothing does.
    package func value(in document: Value) -> Value? {
        var value = document
        for step in steps {
            switch value {
            case .object(let object):
                guard let member = object[step] else { return nil }
                value = member
            case .array(let items):
                guard let index = Self.index(step), index < items.count else { return nil }
                value = items[index]
            default:
                return nil
            }
        }
        return value
    }

    private static func index(_ step: Text) -> Int? {
        let digits = step.bytes
        guard digits.count == 1 || digits.first != UInt8(ascii: "0") else { return nil }
        return ASCIIDigits.value(digits).flatMap { Int(exactly: $0) }
    }
}
