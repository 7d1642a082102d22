internal import Values

/// One item of a list of addresses: `192.0.2.1`, `192.0.2.0/24`, `2001:db8::/32`.
///
/// It has one spelling that all programs read alike. What some of them would take for something else is refused, and
/// so is what a typing error has made too wide.
enum AddressItem {
    /// - Throws: `AddressProblem` for anything else, with the right spelling where it can be told.
    static func network(_ text: Substring) throws(AddressProblem) -> Network {
        guard !text.isEmpty else {
            throw AddressProblem(problem: "an item is empty", remedy: "remove the comma that is too many")
        }
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(parts[0]) else { throw noAddress(parts[0]) }
        let bits = parts.count > 1 ? try Self.bits(parts[1], of: address) : address.width
        let base = address.cleared(behind: bits)
        guard base == address else {
            throw AddressProblem(
                problem: "\(address)/\(bits) has bits behind its prefix",
                remedy: "write \(base)/\(bits) for the range, or \(address) for the one address")
        }
        guard bits > 0 else { throw everybody("\(address)/\(bits)") }
        guard address.number != 0 || bits < address.width else {
            throw AddressProblem(
                problem: "\(address) is nobody's address", remedy: "write the addresses that the sender sends from")
        }
        // The same machine, reached over a socket of IPv6.
        guard let mapped = address.mapped, bits >= 96 else { return Network(address, bits: bits) }
        guard bits > 96 else { throw everybody("\(address)/\(bits)") }
        return Network(mapped, bits: bits - 96)
    }

    /// - Parameter what: the range, or ranges.
    static func everybody(_ what: String) -> AddressProblem {
        AddressProblem(
            problem: "\(what) lets everybody in", remedy: "leave it out; where anybody may call, POSTERN_VERIFY is none")
    }

    /// What stands behind the slash.
    private static func bits(_ text: Substring, of address: IPAddress) throws(AddressProblem) -> Int {
        if let bits = ASCIIDigits.value(text.utf8), bits <= address.width, text.utf8.count == 1 || !text.hasPrefix("0")
        {
            return Int(bits)
        }
        var remedy = "write a number of bits without leading zeros, at most /\(address.width)"
        if address.isV4, let mask = IPAddress(text), mask.isV4 {
            let bits = UInt32(truncatingIfNeeded: mask.number).leadingOnes
            if mask == IPAddress(v4: .max).cleared(behind: bits) {
                remedy = "write the mask as bits, \(address)/\(bits)"
            }
        }
        throw AddressProblem(
            problem: "an address has something behind its slash that is no number of bits", remedy: remedy)
    }

    // MARK: What it was meant to be

    private static func noAddress(_ text: Substring) -> AddressProblem {
        func refused(_ why: String, _ remedy: String) -> AddressProblem {
            AddressProblem(problem: "\(shown(text)) \(why)", remedy: remedy)
        }
        let bytes = Array(text.utf8)
        let colons = bytes.count { $0 == UInt8(ascii: ":") }
        if text.contains("%") { return refused("has a zone", "write the address without it") }
        if text.hasPrefix("[") || text.contains(".") && colons == 1 {
            return refused("has brackets or a port", "write the address alone")
        }
        if bytes.allSatisfy({ $0 == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            return fourNumbers(text, refused)
        }
        if text.contains("*") { return refused("is a pattern", "write the range as 192.0.2.0/24") }
        if text.contains("-"), !text.contains(where: \.isLetter) || colons > 1 {
            return refused("is a range from one address to another", "write it as 192.0.2.0/24, several if need be")
        }
        if bytes.contains(where: { "{}[]\"'".utf8.contains($0) }) {
            return refused("is no address but a piece of JSON", "write the addresses alone")
        }
        if text.contains(where: \.isLetter), colons == 0 {
            return refused("is no address", "write addresses: names are not looked up")
        }
        return refused("is no address", "write 192.0.2.1, 192.0.2.0/24, 2001:db8::1 or 2001:db8::/32")
    }

    private static func fourNumbers(
        _ text: Substring, _ refused: (_ why: String, _ remedy: String) -> AddressProblem
    ) -> AddressProblem {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.map { ASCIIDigits.value($0.utf8) }
        guard parts.count == 4 else {
            return refused(
                "has \(parts.count) numbers and not four", "write all four, 192.0.2.1, or a range, 192.0.2.0/24")
        }
        guard numbers.allSatisfy({ $0.map { $0 <= 255 } ?? false }) else {
            return refused("has a number that is none from 0 to 255", "write it as 192.0.2.1")
        }
        let decimal = numbers.map { String($0 ?? 0) }.joined(separator: ".")
        return refused("has leading zeros, which some programs read as octal", "write \(decimal) if that is meant")
    }

    /// The text, if it is certainly no secret in the wrong place.
    private static func shown(_ text: Substring) -> String {
        let isAddress =
            text.utf8.count <= 45 && text.contains { ".:".contains($0) }
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "%"),
                    UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "*"), UInt8(ascii: "-"):
                    true
                case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): text.contains(":")
                default: false
                }
            }
        return isAddress ? String(text) : "an item"
    }
}

extension UInt32 {
    fileprivate var leadingOnes: Int { (~self).leadingZeroBitCount }
}
