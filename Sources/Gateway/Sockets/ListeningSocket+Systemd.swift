internal import Glibc

extension ListeningSocket {
    /// The sockets that systemd passed to this process (sd_listen_fds(3)), none if it passed none.
    /// They are closed in children, and systemd's variables are taken out of the environment.
    /// - Throws: ``ListeningError/systemd(_:)`` if one of them is no listening stream socket.
    package static func fromSystemd() throws(ListeningError) -> [ListeningSocket] {
        guard let process = variable("LISTEN_PID"), Int32(process) == getpid(),
            let text = variable("LISTEN_FDS"), let count = Int32(text), count > 0
        else { return [] }
        guard count <= 64 else { throw .systemd("LISTEN_FDS is \(text)") }
        for name in ["LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"] { unsafe unsetenv(name) }
        var sockets: [ListeningSocket] = []
        for descriptor in 3..<3 + count {
            guard isListening(descriptor) else {
                throw .systemd("descriptor \(descriptor) does not listen: use ListenStream= and Accept=no")
            }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            sockets.append(ListeningSocket(descriptor: descriptor, name: "systemd's descriptor \(descriptor)", isOwn: false))
        }
        return sockets
    }

    private static func variable(_ name: String) -> String? {
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }
}
