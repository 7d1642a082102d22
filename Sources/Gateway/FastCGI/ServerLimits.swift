internal import Glibc

/// Bounds of a FastCGI server.
package struct ServerLimits: Sendable {
    /// Threads that serve while none waits for a slow sender: as many as processors.
    package var threads = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

    /// Threads there may be at most when many wait for slow senders.
    package var maximumThreads = 512

    /// Time that each of these may take once it has begun: a request's parameters to arrive, its body to
    /// arrive, its answer to be taken.
    package var transferTime = Duration.seconds(60)

    /// Bytes of a body that are read and thrown away, so that the answer is not lost.
    package var drain = 16 * 1024 * 1024

    /// Time for what is under way to end, once the server is to stop.
    package var stopTime = Duration.seconds(30)

    package init() {}
}
