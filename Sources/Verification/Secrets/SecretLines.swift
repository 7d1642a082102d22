internal import Values

/// The lines of a source of secrets.
struct SecretLines {
    /// Without their line feeds.
    private let lines: [ArraySlice<UInt8>]
    /// Whether the last one has a line feed behind it.
    private let isLastEnded: Bool

    static let blockStart = Array("-----BEGIN ".utf8)
    private static let blockEnd = Array("-----END ".utf8)
    /// More lines than a set of keys has that somebody has laid out.
    private static let maximumKeyLines = 512

    init(_ bytes: [UInt8]) {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        isLastEnded = lines.count > 1 && lines.last?.isEmpty == true
        if isLastEnded { lines.removeLast() }
        self.lines = lines
    }

    var count: Int { lines.count }

    /// A line without its end.
    func content(_ index: Int) -> ArraySlice<UInt8> {
        let line = lines[index]
        let isEnded = index < lines.count - 1 || isLastEnded
        return isEnded && line.last == UInt8(ascii: "\r") ? line.dropLast() : line
    }

    /// Lines with a line feed between them.
    func joined(_ range: ClosedRange<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        for index in range {
            if index > range.lowerBound { bytes.append(UInt8(ascii: "\n")) }
            bytes += content(index)
        }
        return bytes
    }

    /// Whether a PEM block ends in the line in which it begins: its line ends were lost.
    func closesBlock(within index: Int) -> Bool {
        let line = content(index)
        return line.indices.contains { line[$0...].starts(with: Self.blockEnd) }
    }

    /// The line that ends the PEM block that begins here.
    func endOfBlock(from start: Int) -> Int? {
        for index in start..<lines.count {
            if index > start, content(index).starts(with: Self.blockStart) { return nil }
            if content(index).starts(with: Self.blockEnd) { return index }
        }
        return nil
    }

    /// The line that ends the JSON Web Key, or the set of them, that begins here; nil for any other text.
    func endOfKey(from start: Int) -> Int? {
        guard content(start).first == UInt8(ascii: "{") else { return nil }
        var bytes: [UInt8] = []
        for index in start..<min(lines.count, start + Self.maximumKeyLines) {
            bytes += content(index)
            guard bytes.last == UInt8(ascii: "}"), case .object(let object)? = try? JSON.parse(bytes) else { continue }
            return object.contains("kty") || object.contains("keys") ? index : nil
        }
        return nil
    }
}
