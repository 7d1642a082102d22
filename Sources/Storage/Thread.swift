internal import Glibc

/// A thread with a stack of a size of its own, which takes no signals: those are the main thread's.
package struct Thread: Sendable {
    private let thread: pthread_t

    private final class Body {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts `body`.
    /// - Parameter stackSize: bytes; used as they are touched.
    package init(stackSize: Int, _ body: @escaping @Sendable () -> Void) throws(WriterError) {
        var attributes = pthread_attr_t()
        _ = unsafe pthread_attr_init(&attributes)
        defer { _ = unsafe pthread_attr_destroy(&attributes) }
        _ = unsafe pthread_attr_setstacksize(&attributes, stackSize)
        // A new thread inherits the mask of the one that starts it.
        var all = sigset_t()
        var before = sigset_t()
        _ = unsafe sigfillset(&all)
        _ = unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { _ = unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        var thread = pthread_t()
        let context = unsafe Unmanaged.passRetained(Body(body))
        let result = unsafe pthread_create(
            &thread, &attributes,
            { context in
                if let context = unsafe context {
                    unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run()
                }
                return nil
            }, context.toOpaque())
        guard result == 0 else {
            unsafe context.release()
            throw .noThread(result)
        }
        self.thread = thread
    }

    /// Lets it end by itself: nobody will wait for it.
    package func detach() { _ = pthread_detach(thread) }

    /// Waits for the thread's end. Once only.
    package func join() { _ = pthread_join(thread, nil) }
}
