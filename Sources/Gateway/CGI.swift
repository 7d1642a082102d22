internal import Glibc

/// Serves one request by CGI/1.1 (RFC 3875): its environment is this process's, its body standard input,
/// its answer standard output.
package struct CGI: Sendable {
    private let transferTime: Duration
    private let drain: Int
    private let input: Int32
    private let output: Int32

    /// - Parameters:
    ///   - transferTime: time in which the body must have arrived.
    ///   - drain: bytes of a body that are read and thrown away, so that the answer is not lost.
    package init(transferTime: Duration = .seconds(60), drain: Int = 16 * 1024 * 1024) {
        self.init(transferTime: transferTime, drain: drain, input: STDIN_FILENO, output: STDOUT_FILENO)
    }

    init(transferTime: Duration, drain: Int, input: Int32, output: Int32) {
        (self.transferTime, self.drain, self.input, self.output) = (transferTime, drain, input, output)
    }

    /// Serves the request and returns once it is answered, on whatever thread that happens. Standard
    /// output ends then, so that the sender does not wait for what this process does afterwards.
    /// - Parameter environment: that of the process.
    package func serve<Served: Application>(_ application: Served, environment: Environment) {
        // A web server that went away is an error of the write, not the end of a stack half way.
        _ = signal(SIGPIPE, SIG_IGN)
        // A file that may not grow further is an error of the write as well.
        _ = signal(SIGXFSZ, SIG_IGN)
        let isHead = environment.value("REQUEST_METHOD", is: "HEAD")
        var input = DescriptorInput(descriptor: self.input, transferTime: transferTime)
        switch application.route(environment) {
        case .answer(let response):
            _ = input.drain(limit: drain)
            write(response, isHead: isHead)
        case .read(let route, let maximum):
            let declared = DeclaredLength(environment)
            do throws(BodyFailure) {
                let body = try input.body(declared, maximum: maximum)
                let request = Request(
                    environment: environment, body: body, declaredLength: declared.length, interface: .cgi)
                handle(request, route, application, isHead: isHead)
            } catch {
                _ = input.drain(limit: drain)
                write(application.answer(to: error, environment: environment, route: route), isHead: isHead)
            }
        }
    }

    private func handle<Served: Application>(
        _ request: Request, _ route: Served.Route, _ application: Served, isHead: Bool
    ) {
        let answered = Semaphore()
        application.handle(
            request, route: route,
            reply: Reply { response in
                write(response, isHead: isHead)
                answered.signal()
            })
        answered.wait()
    }

    private func write(_ response: Response, isHead: Bool) {
        var bytes = response.head()
        if !isHead, !response.hasNoBody { bytes += response.body }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe Glibc.write(output, bytes.baseAddress.map { unsafe $0 + written }, bytes.count - written)
            }
            // Nobody is left who could take the rest, or hear of it.
            guard count > 0 || count < 0 && errno == EINTR else { break }
            written += max(0, count)
        }
        // Not closed: the next file to be opened must not become standard output.
        let nowhere = unsafe open("/dev/null", O_WRONLY | O_CLOEXEC)
        guard nowhere >= 0 else { return }
        dup2(nowhere, output)
        close(nowhere)
    }
}

/// Lets one thread wait for another.
///
/// `@unchecked Sendable`: the semaphore's own functions may be called from any thread.
@safe private final class Semaphore: @unchecked Sendable {
    private let semaphore: UnsafeMutablePointer<sem_t>

    init() {
        unsafe semaphore = .allocate(capacity: 1)
        unsafe sem_init(semaphore, 0, 0)
    }

    deinit {
        unsafe sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    func signal() {
        unsafe sem_post(semaphore)
    }

    func wait() {
        while unsafe sem_wait(semaphore) != 0 {}
    }
}
