internal import Glibc

/// Why a listening socket could not be had.
package enum ListeningError: Error, Sendable, Equatable {
    /// The path does not fit a socket's address.
    case pathTooLong(String, maximum: Int)
    /// Something that is no socket is at the path.
    case notASocket(path: String)
    /// Another process answers at the path.
    case inUse(path: String)
    case unknownGroup(String)
    /// The socket could not be given to the group or its mode.
    case ownership(path: String, SystemError)
    /// Not `HOST:PORT` with a port from 1 to 65535.
    case malformedAddress(String)
    /// Not an address of loopback.
    case notLoopback(String)
    /// Systemd's variables are there but name no usable socket.
    case systemd(String)
    /// The socket could not be made, bound or listened on.
    case system(place: String, SystemError)
}

extension ListeningError: CustomStringConvertible {
    /// What is wrong and what to do about it.
    package var description: String {
        switch self {
        case .pathTooLong(let path, let maximum):
            "socket \(path): the path is longer than \(maximum) bytes: choose a shorter one"
        case .notASocket(let path):
            "socket \(path): something that is no socket is there: remove it or choose another path"
        case .inUse(let path):
            "socket \(path): another process serves there: stop it or choose another path"
        case .unknownGroup(let group):
            "group \(group) does not exist: name the group of the web server (www-data on Debian)"
        case .ownership(let path, let error):
            "socket \(path) cannot be given its group or mode (\(error)): start as root or as a member of the group"
        case .malformedAddress(let address):
            "\(address) is no place to listen: give a PATH with a slash, or HOST:PORT"
        case .notLoopback(let address):
            "\(address) is not on this machine's loopback: use 127.0.0.1:PORT, [::1]:PORT or a PATH"
        case .systemd(let reason):
            "systemd's socket cannot be used: \(reason)"
        case .system(let place, let error):
            "socket \(place): \(error): \(Self.remedy(error.code))"
        }
    }
}

extension ListeningError {
    private static func remedy(_ code: Int32) -> String {
        switch code {
        case ENOENT: "make the folder first, or let systemd do it (RuntimeDirectory=)"
        case EACCES, EPERM: "let this process's user write to the folder"
        case EADDRINUSE: "another process listens there: stop it or choose another port"
        case EADDRNOTAVAIL: "this machine does not have that address"
        case EMFILE, ENFILE: "raise the limit of open files (LimitNOFILE=)"
        default: "see the system's log"
        }
    }
}
