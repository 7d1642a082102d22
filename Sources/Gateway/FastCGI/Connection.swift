internal import CFastCGI
internal import Glibc

/// One connection of a web server, and the request on it.
///
/// `@unchecked Sendable`: a connection belongs to one thread at a time and is handed over whole, through
/// the table of idle connections, the queue of answers, or the reply that was made for its request.
@safe final class Connection: @unchecked Sendable {
    /// Streams point back to their request, so it must not move.
    let request: UnsafeMutablePointer<FCGX_Request>

    /// Whether the poller knows the descriptor already.
    var isWatched = false

    /// Bytes of answers that the peer may not have taken yet, as the kernel counts them at most.
    private var untaken = 0

    /// Whether all of the current request had arrived when it was begun: reading it waits for nobody.
    var isWhole = false

    /// Whether the current request has the method HEAD.
    var isHead = false

    /// Whether not all of the peer's bytes could be read: the end must wait for it to take the answer.
    var needsLinger = false

    /// - Parameter descriptor: a connected socket; it is closed with the connection.
    init(descriptor: Int32) {
        unsafe request = .allocate(capacity: 1)
        // Without a listener: libfcgi would accept another connection itself where this one is broken.
        unsafe FCGX_InitRequest(request, -1, 0)
        unsafe request.pointee.ipcFd = descriptor
    }

    deinit {
        unsafe FCGX_Detach(request)
        unsafe FCGX_Free(request, 1)
        unsafe request.deallocate()
    }

    var descriptor: Int32 { unsafe request.pointee.ipcFd }

    var isOpen: Bool { descriptor >= 0 }

    /// Begins the request whose head has arrived.
    /// - Returns: false if it was broken; the connection is closed then.
    func accept() -> Bool {
        // Accepting begins with finishing the last request, which closes what is not to be kept.
        unsafe request.pointee.keepConnection = 1
        // A plain close at the end: libfcgi would else wait up to 2 s for the peer to close first.
        unsafe FCGX_Detach(request)
        needsLinger = false
        return unsafe FCGX_Accept_r(request) == 0
    }

    /// The role of a web application, the only one served.
    static let responder = 1

    /// The role that the request is made in.
    var role: Int { Int(unsafe request.pointee.role) }

    /// Copies the environment of the request.
    func environment() -> Environment {
        unsafe Environment(copying: request.pointee.envp)
    }

    /// Has the connection closed when the request is finished.
    func closeAfterwards() {
        unsafe request.pointee.keepConnection = 0
    }

    /// Answers up to this size fit into a socket's buffer beside those that were written before.
    static let shortAnswer = 32 * 1024

    /// Whether a short answer can be written without waiting for the peer.
    ///
    /// A peer that sends requests and takes no answers fills the buffer in time; so the kernel is asked,
    /// but only when that could have happened.
    func isWritable() -> Bool {
        guard untaken > Self.shortAnswer else { return true }
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard unsafe poll(&entry, 1, 0) == 1 else { return false }
        untaken = 0
        return true
    }

    /// Writes the answer and finishes the request. The connection may be closed afterwards.
    func finish(_ response: Response) {
        write(response.head())
        if !isHead, !response.hasNoBody { write(response.body) }
        if needsLinger {
            closeAfterwards()
            unsafe FCGX_Attach(request)
        }
        unsafe FCGX_Finish_r(request)
        // The kernel counts its own part of each record as well.
        untaken += response.body.count + 2048
    }

    private func write(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { bytes in
            guard var next = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return }
            var rest = bytes.count
            while rest > 0 {
                let count = Int32(clamping: rest)
                // A peer that went away is no event: the web server logs it.
                guard unsafe FCGX_PutStr(next, count, request.pointee.out) == count else { return }
                unsafe next += Int(count)
                rest -= Int(count)
            }
        }
    }
}
