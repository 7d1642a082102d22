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

    /// The body of the current request, if that has yet to arrive. Else libfcgi has it, and reading it
    /// waits for nobody.
    private var records: RecordInput?

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

    /// Begins the request of which all has arrived.
    /// - Returns: false if it was broken; the connection is to be let go then.
    func accept() -> Bool {
        records = nil
        // Accepting begins with finishing the last request, which closes what is not to be kept.
        unsafe request.pointee.keepConnection = 1
        // A plain close at the end: libfcgi would else wait up to 2 s for the peer to close first.
        unsafe FCGX_Detach(request)
        needsLinger = false
        return unsafe FCGX_Accept_r(request) == 0
    }

    /// Begins the request of which the head has arrived, in so many bytes.
    /// - Returns: false if it was broken; the connection is to be let go then.
    func accept(headLength: Int) -> Bool {
        let connection = descriptor
        // libfcgi reads as much as it gets: so it gets the head alone, through a pipe.
        guard let pipe = pipeHead(headLength) else { return false }
        unsafe request.pointee.ipcFd = pipe
        let isAccepted = accept()
        if isAccepted { close(pipe) }
        unsafe request.pointee.ipcFd = connection
        records = RecordInput(descriptor: connection, id: Int(unsafe request.pointee.requestId))
        return isAccepted
    }

    private func pipeHead(_ length: Int) -> Int32? {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe2(&ends, O_CLOEXEC | O_NONBLOCK) == 0 else { return nil }
        defer { close(ends[1]) }
        let isWritten = unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: length) { buffer in
            unsafe recv(descriptor, buffer.baseAddress, length, Int32(MSG_WAITALL)) == length
                && Glibc.write(ends[1], buffer.baseAddress, length) == length
        }
        guard isWritten else {
            close(ends[0])
            return nil
        }
        return ends[0]
    }

    /// Whether reading the body waits for nobody.
    var isWhole: Bool { records == nil }

    /// Reads the whole body of the request, and proves it whole.
    func readBody(_ declared: DeclaredLength, maximum: Int) throws(BodyFailure) -> [UInt8] {
        if records != nil {
            return try records?.body(declared, maximum: maximum) ?? []
        }
        var input = unsafe LibraryInput(request.pointee.in)
        return try input.body(declared, maximum: maximum)
    }

    /// Reads what is left of the body and throws it away, up to a limit.
    func drain(limit: Int) {
        if records != nil {
            needsLinger = records?.drain(limit: limit) == false
            // What is not at its end now would be taken for the next request.
            if records?.hasEnded != true { closeAfterwards() }
        } else {
            var input = unsafe LibraryInput(request.pointee.in)
            needsLinger = !input.drain(limit: limit)
        }
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
