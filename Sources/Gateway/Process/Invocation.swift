internal import Glibc

/// What this process was started as.
package enum Invocation: Sendable {
    /// One request by CGI: environment and standard input.
    case cgi
    /// A FastCGI server whose listening socket is descriptor 0 (a web server, spawn-fcgi).
    case fastCGI
    /// The command line.
    case commandLine

    /// Reads it off the environment and descriptor 0.
    package static func ofProcess() -> Invocation {
        if unsafe getenv("GATEWAY_INTERFACE") != nil, unsafe getenv("REQUEST_METHOD") != nil {
            return .cgi
        }
        return ListeningSocket.isListening(STDIN_FILENO) ? .fastCGI : .commandLine
    }
}
