internal import CFastCGI
internal import Glibc

/// A socket on which a FastCGI server takes connections.
package struct ListeningSocket: Sendable {
    /// The descriptor; it is the server's to close.
    package let descriptor: Int32

    /// The file to remove when the server ends, if this process made it.
    let file: SocketFile?

    /// Whether this process opened it; else others may go on using it.
    let isOwn: Bool

    /// What to call the socket in messages.
    package let name: String

    init(descriptor: Int32, name: String, isOwn: Bool, file: SocketFile? = nil) {
        self.isOwn = isOwn
        self.descriptor = descriptor
        self.name = name
        self.file = file
    }

    /// Connections that may wait to be accepted; the kernel caps it at `net.core.somaxconn`.
    static let backlog: Int32 = 4096

    /// Listens at `PATH` (anything with a slash) or `HOST:PORT` on loopback.
    /// - Parameters:
    ///   - mode: permissions of the socket's file.
    ///   - group: the group that is to own the socket's file, nil for the process's own.
    /// - Throws: ``ListeningError``.
    package static func listen(
        at address: String, mode: UInt32 = 0o660, group: String? = nil
    ) throws(ListeningError) -> ListeningSocket {
        address.contains("/")
            ? try unix(path: address, mode: mode, group: group) : try tcp(address: address)
    }

    /// The listening socket on descriptor 0 that a web server or spawn-fcgi left there, nil if there is none.
    package static func onStandardInput() -> ListeningSocket? {
        isListening(STDIN_FILENO) ? ListeningSocket(descriptor: STDIN_FILENO, name: "descriptor 0", isOwn: false) : nil
    }

    /// Whether a descriptor is a socket in the listening state.
    static func isListening(_ descriptor: Int32) -> Bool {
        var listening: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        return unsafe getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) == 0 && listening != 0
    }
}
