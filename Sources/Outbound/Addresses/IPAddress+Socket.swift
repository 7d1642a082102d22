import Glibc
import Values

extension IPAddress {
    /// The address of a socket; nil for one of another family.
    init?(_ socket: UnsafeRawPointer, length: Int) {
        guard length >= MemoryLayout<sa_family_t>.size else { return nil }
        switch Int32(unsafe socket.loadUnaligned(as: sa_family_t.self)) {
        case AF_INET where length >= MemoryLayout<sockaddr_in>.size:
            self.init(v4: UInt32(bigEndian: unsafe socket.loadUnaligned(as: sockaddr_in.self).sin_addr.s_addr))
        case AF_INET6 where length >= MemoryLayout<sockaddr_in6>.size:
            let address = unsafe socket.loadUnaligned(as: sockaddr_in6.self).sin6_addr
            let number = unsafe withUnsafeBytes(of: address) { unsafe $0.loadUnaligned(as: UInt128.self) }
            self.init(v6: UInt128(bigEndian: number))
        default: return nil
        }
    }
}
