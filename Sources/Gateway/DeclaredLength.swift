/// What `CONTENT_LENGTH` says of a body.
enum DeclaredLength: Equatable {
    /// Absent, or empty as nginx sends it for a chunked upload: read to the end.
    case unknown
    case known(Int)
    case malformed

    /// Digits only: no sign, no space, at most 18 of them, which always fit.
    init(_ environment: Environment) {
        var result = DeclaredLength.unknown
        environment.forEach(prefix: "CONTENT_LENGTH") { name, value in
            guard name.count == 14, !value.isEmpty else { return }
            let this = Self.parse(value)
            // Two that agree are one (the configuration named it twice), two that differ are none.
            result = result == .unknown || result == this ? this : .malformed
        }
        self = result
    }

    /// The length, if it is known.
    var length: Int? {
        if case .known(let length) = self { length } else { nil }
    }

    private static func parse(_ text: Span<UInt8>) -> DeclaredLength {
        guard text.count <= 18 else { return .malformed }
        var length = 0
        for index in text.indices {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return .malformed }
            length = length * 10 + Int(digit)
        }
        return .known(length)
    }
}
