internal import Glibc

/// The address of a socket that lies in the file system.
struct UnixAddress {
    private var address = sockaddr_un()

    /// One byte is the closing NUL.
    static let maximumLength = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    /// - Returns: nil if the path is empty, too long or holds a NUL.
    init?(_ path: String) {
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count <= Self.maximumLength, !bytes.contains(0) else { return nil }
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { place in
            unsafe place.copyBytes(from: bytes)
        }
    }

    /// - Returns: 0, or −1 with `errno` set.
    func bind(_ descriptor: Int32) -> Int32 {
        withPointer { pointer, size in unsafe Glibc.bind(descriptor, pointer, size) }
    }

    /// - Returns: 0, or −1 with `errno` set.
    func connect(_ descriptor: Int32) -> Int32 {
        withPointer { pointer, size in unsafe Glibc.connect(descriptor, pointer, size) }
    }

    @safe private func withPointer(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                unsafe body(pointer, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
