/// The public name of an event: 26 characters that sort by the time of receipt and cannot be guessed.
///
/// 48 bits of milliseconds since 1970, then 80 random bits, in Crockford's base 32 without I, L, O and U.
package struct EventID: Sendable, Hashable {
    package let text: String

    /// - Parameters:
    ///   - milliseconds: time of receipt since 1970.
    ///   - random: must be unpredictable; the system's generator is.
    package init(milliseconds: Int64, random: inout some RandomNumberGenerator) {
        let time = UInt64(clamping: milliseconds) & 0xffff_ffff_ffff
        let high = UInt64.random(in: 0..<(1 << 40), using: &random)
        let low = UInt64.random(in: 0..<(1 << 40), using: &random)
        var characters: [UInt8] = []
        characters.reserveCapacity(26)
        Self.write(time, digits: 10, to: &characters)
        Self.write(high, digits: 8, to: &characters)
        Self.write(low, digits: 8, to: &characters)
        text = String(decoding: characters, as: UTF8.self)
    }

    /// An id as somebody wrote it, in any letter case; nil if it cannot be one.
    package init?(_ text: some StringProtocol) {
        let upper = text.utf8.map { (97...122).contains($0) ? $0 - 32 : $0 }
        guard upper.count == 26, upper.allSatisfy({ Self.alphabet.contains($0) }) else { return nil }
        self.text = String(decoding: upper, as: UTF8.self)
    }

    /// An id as the database has it.
    init(stored text: String) { self.text = text }

    private static func write(_ value: UInt64, digits: Int, to characters: inout [UInt8]) {
        for place in (0..<digits).reversed() {
            characters.append(alphabet[Int(value >> UInt64(5 * place) & 31)])
        }
    }

    private static let alphabet: [UInt8] = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
}

extension EventID: CustomStringConvertible {
    package var description: String { text }
}
