import Glibc

/// An IP address, apart from its port.
struct IPAddress: Sendable, Hashable {
    /// Of IPv4 the four bytes are the last ones.
    private let high: UInt64
    private let low: UInt64
    let isV4: Bool

    init(v4: UInt32) {
        high = 0
        low = UInt64(v4)
        isV4 = true
    }

    init(v6 high: UInt64, _ low: UInt64) {
        self.high = high
        self.low = low
        isV4 = false
    }

    /// In the usual spelling of either family: four decimal numbers, or groups of base 16.
    init?(_ text: some StringProtocol) {
        let text = String(text)
        var four = in_addr()
        var six = in6_addr()
        if unsafe inet_pton(AF_INET, text, &four) == 1 {
            self.init(v4: UInt32(bigEndian: four.s_addr))
        } else if unsafe inet_pton(AF_INET6, text, &six) == 1 {
            self.init(six)
        } else {
            return nil
        }
    }

    private init(_ six: in6_addr) {
        let words = unsafe withUnsafeBytes(of: six) { bytes in
            unsafe (bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        self.init(v6: UInt64(bigEndian: words.0), UInt64(bigEndian: words.1))
    }

    /// The address of a socket; nil for one of another family.
    init?(_ socket: UnsafeRawPointer, length: Int) {
        guard length >= MemoryLayout<sa_family_t>.size else { return nil }
        switch Int32(unsafe socket.loadUnaligned(as: sa_family_t.self)) {
        case AF_INET where length >= MemoryLayout<sockaddr_in>.size:
            self.init(v4: UInt32(bigEndian: unsafe socket.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr))
        case AF_INET6 where length >= MemoryLayout<sockaddr_in6>.size:
            self.init(unsafe socket.loadUnaligned(as: sockaddr_in6.self).sin6_addr)
        default: return nil
        }
    }

    /// The IPv4 address that this one stands for on the same machine, `::ffff:a.b.c.d`.
    var mapped: IPAddress? {
        !isV4 && high == 0 && low >> 32 == 0xffff ? IPAddress(v4: UInt32(truncatingIfNeeded: low)) : nil
    }

    /// The IPv4 address to which a gateway passes this one on: NAT64's own prefix, 6to4.
    var translated: IPAddress? {
        guard !isV4 else { return nil }
        if high == 0x0064_ff9b_0000_0000, low >> 32 == 0 { return IPAddress(v4: UInt32(truncatingIfNeeded: low)) }
        if high >> 48 == 0x2002 { return IPAddress(v4: UInt32(truncatingIfNeeded: high >> 16)) }
        return nil
    }

    /// Whether the first so many bits are those of another address of the same family.
    func hasPrefix(_ other: IPAddress, bits: Int) -> Bool {
        guard isV4 == other.isV4 else { return false }
        if isV4 { return bits == 0 || (low ^ other.low) >> UInt64(32 - bits) == 0 }
        if bits <= 64 { return bits == 0 || (high ^ other.high) >> UInt64(64 - bits) == 0 }
        return high == other.high && (low ^ other.low) >> UInt64(128 - bits) == 0
    }

    /// Whether nothing but zeros follows the first so many bits.
    func isCleared(behind bits: Int) -> Bool {
        if isV4 { return bits == 32 || low << UInt64(32 + bits) == 0 }
        if bits >= 64 { return bits == 128 || low << UInt64(bits - 64) == 0 }
        return high << UInt64(bits) == 0 && low == 0
    }
}

extension IPAddress: CustomStringConvertible {
    var description: String {
        if isV4 { return (0..<4).map { String(low >> UInt64(24 - 8 * $0) & 0xff) }.joined(separator: ".") }
        let bytes = unsafe withUnsafeBytes(of: (high.bigEndian, low.bigEndian)) { unsafe [UInt8]($0) }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard unsafe inet_ntop(AF_INET6, bytes, &text, socklen_t(text.count)) != nil else { return "an IPv6 address" }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
