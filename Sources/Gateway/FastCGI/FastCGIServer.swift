internal import CFastCGI
internal import Glibc
internal import Synchronization

/// Serves an application by FastCGI until it is told to stop.
package final class FastCGIServer<Served: Application>: Sendable {
    private let loop: RequestLoop
    private let stopSign: WakeUp

    /// - Parameters:
    ///   - sockets: where to take connections; they belong to the server from now on.
    ///   - report: hears, on any thread, of what the operator may want to know.
    /// - Throws: ``SystemError`` if the system denies a descriptor.
    package init(
        _ application: Served, sockets: [ListeningSocket], limits: ServerLimits = ServerLimits(),
        report: @escaping @Sendable (ServerEvent) -> Void = { _ in }
    ) throws(SystemError) {
        stopSign = try WakeUp()
        loop = try RequestLoop(sockets: sockets, limits: limits, stopSign: stopSign, report: report) {
            connection, loop in
            Self.serve(connection, loop, application)
        }
    }

    /// Serves until a stop signal comes or `stop()` is called, then finishes what is under way.
    /// - Parameter signals: those that stop the server; their handlers are replaced.
    /// - Returns: requests that were still unanswered when the time for stopping was over.
    /// - Throws: ``SystemError`` if serving could not begin.
    @discardableResult
    package func run(stopSignals signals: [Int32] = [SIGTERM, SIGINT]) throws(SystemError) -> Int {
        try ProcessSetup.prepare()
        // After libfcgi's own handlers, which would swallow SIGTERM.
        StopSignals.direct(signals, to: stopSign.descriptor)
        defer { StopSignals.forget() }
        try loop.start()
        loop.watch()
        return loop.stop()
    }

    /// Has `run` finish what is under way and return. From any thread.
    package func stop() {
        stopSign.signal()
    }

    /// Threads that serve now, and those of them that wait for slow peers.
    package var threads: (total: Int, waiting: Int) { loop.threads.now }

    private static func serve(_ connection: Connection, _ loop: RequestLoop, _ application: Served) {
        guard connection.role == Connection.responder else {
            loop.report(.wrongRole(connection.role))
            // An authorizer has no body: reading would wait for ever.
            connection.closeAfterwards()
            return loop.answer(connection, Response(status: 500))
        }
        let environment = connection.environment()
        connection.isHead = environment.value("REQUEST_METHOD", is: "HEAD")
        switch application.route(environment) {
        case .answer(let response):
            loop.drain(connection)
            loop.answer(connection, response)
        case .read(let route, let maximum):
            let declared = DeclaredLength(environment)
            do throws(BodyFailure) {
                guard let body = try loop.readBody(of: connection, declared, maximum: maximum) else {
                    connection.closeAfterwards()
                    return loop.answer(connection, Response(status: 503))
                }
                let request = Request(
                    environment: environment, body: body, declaredLength: declared.length, interface: .fastCGI)
                application.handle(request, route: route, reply: Reply { loop.answer(connection, $0) })
            } catch {
                loop.answer(connection, application.answer(to: error, environment: environment, route: route))
            }
        }
    }
}

/// What a process needs before it serves.
enum ProcessSetup {
    static func prepare() throws(SystemError) {
        try occupyStandardDescriptors()
        let code = FCGX_Init()
        guard code == 0 else { throw SystemError("FCGX_Init", code: code) }
        // A web server that closes early is an error of the write, not the end of the process.
        _ = signal(SIGPIPE, SIG_IGN)
        // A file that may not grow further is an error of the write as well.
        _ = signal(SIGXFSZ, SIG_IGN)
        raiseFileLimit()
    }

    /// A connection must not get the number of a standard stream: libfcgi takes 0 for none.
    private static func occupyStandardDescriptors() throws(SystemError) {
        while true {
            let descriptor = unsafe open("/dev/null", O_RDWR)
            guard descriptor >= 0 else { throw SystemError("open") }
            if descriptor > STDERR_FILENO {
                close(descriptor)
                return
            }
        }
    }

    /// Connections are descriptors; the usual soft limit of 1024 exists for select(2), which is not used.
    private static func raiseFileLimit() {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = max(limit.rlim_cur, min(limit.rlim_max, 65536))
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
