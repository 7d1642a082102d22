internal import Glibc

extension ListeningSocket {
    /// Listens at `HOST:PORT`. The host is `localhost`, an address in 127.0.0.0/8, or `[::1]`:
    /// FastCGI knows no password, whoever reaches the socket sets everything.
    /// - Throws: ``ListeningError``.
    package static func tcp(address: String) throws(ListeningError) -> ListeningSocket {
        guard let colon = address.lastIndex(of: ":"), let port = port(address[address.index(after: colon)...])
        else { throw .malformedAddress(address) }
        let host = String(address[..<colon])
        if host == "[::1]" { return try listenOnIPv6(address, port) }
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_port = port.bigEndian
        guard unsafe inet_pton(AF_INET, host == "localhost" ? "127.0.0.1" : host, &place.sin_addr) == 1,
            UInt32(bigEndian: place.sin_addr.s_addr) >> 24 == 127
        else { throw .notLoopback(address) }
        return try listen(address, AF_INET) { descriptor in
            unsafe withUnsafePointer(to: place) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        }
    }

    private static func port(_ text: Substring) -> UInt16? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
            let port = UInt16(text), port > 0
        else { return nil }
        return port
    }

    private static func listenOnIPv6(_ address: String, _ port: UInt16) throws(ListeningError) -> ListeningSocket {
        var place = sockaddr_in6()
        place.sin6_family = sa_family_t(AF_INET6)
        place.sin6_port = port.bigEndian
        place.sin6_addr = in6addr_loopback
        return try listen(address, AF_INET6) { descriptor in
            unsafe withUnsafePointer(to: place) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
                }
            }
        }
    }

    private static func listen(
        _ address: String, _ family: Int32, bind: (Int32) -> Int32
    ) throws(ListeningError) -> ListeningSocket {
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .system(place: address, SystemError("socket")) }
        // A restart need not wait for the old connections' time to run out.
        var yes: Int32 = 1
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var error: SystemError?
        if bind(descriptor) != 0 {
            error = SystemError("bind")
        } else if Glibc.listen(descriptor, backlog) != 0 {
            error = SystemError("listen")
        }
        if let error {
            close(descriptor)
            throw .system(place: address, error)
        }
        return ListeningSocket(descriptor: descriptor, name: address, isOwn: true)
    }
}
