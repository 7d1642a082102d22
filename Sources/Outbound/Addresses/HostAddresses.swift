import Glibc
import Values

/// The addresses of this machine's own interfaces.
enum HostAddresses {
    /// True also if they can't be found out: what can't be told apart is refused.
    static func contain(_ address: IPAddress) -> Bool {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard unsafe getifaddrs(&list) == 0 else { return true }
        defer { unsafe freeifaddrs(list) }
        var next = unsafe list
        while let interface = unsafe next {
            if let socket = unsafe interface.pointee.ifa_addr, unsafe own(socket) == address { return true }
            unsafe next = interface.pointee.ifa_next
        }
        return false
    }

    private static func own(_ socket: UnsafeMutablePointer<sockaddr>) -> IPAddress? {
        let length =
            switch Int32(unsafe socket.pointee.sa_family) {
            case AF_INET: MemoryLayout<sockaddr_in>.size
            case AF_INET6: MemoryLayout<sockaddr_in6>.size
            default: 0
            }
        return unsafe IPAddress(UnsafeRawPointer(socket), length: length)
    }
}
