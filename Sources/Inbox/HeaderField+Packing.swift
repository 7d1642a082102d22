internal import Values

/// Header lines as one blob: name and value in turn, each after its length (LEB128), so that any bytes come back.
extension [HeaderField] {
    var packed: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(reduce(0) { $0 + $1.name.byteCount + $1.value.byteCount + 4 })
        for field in self {
            bytes.appendPart(field.name)
            bytes.appendPart(field.value)
        }
        return bytes
    }

    /// What `packed` gave; a damaged blob ends where it makes no sense.
    init(packed bytes: Span<UInt8>) {
        self = []
        var position = 0
        while let name = bytes.part(at: &position), let value = bytes.part(at: &position) {
            append(HeaderField(name, value))
        }
    }
}

extension [UInt8] {
    fileprivate mutating func appendPart(_ text: Text) {
        var length = text.byteCount
        while length >= 0x80 {
            append(UInt8(truncatingIfNeeded: length) | 0x80)
            length >>= 7
        }
        append(UInt8(truncatingIfNeeded: length))
        if let string = text.validString {
            append(contentsOf: string.utf8)
        } else {
            append(contentsOf: text.bytes)
        }
    }
}

extension Span<UInt8> {
    fileprivate func part(at position: inout Int) -> Text? {
        var length = 0
        var shift = 0
        while true {
            guard position < count, shift < 56 else { return nil }
            let byte = self[position]
            position += 1
            length |= Int(byte & 0x7f) << shift
            shift += 7
            if byte < 0x80 { break }
        }
        guard length <= count - position else { return nil }
        defer { position += length }
        return Text(extracting(position..<(position + length)))
    }
}
