internal import Glibc
internal import Synchronization

/// Turns signals into the wake-up of the server that is to stop.
enum StopSignals {
    /// What the handler may use: a descriptor to write to, or −1.
    private static let descriptor = Atomic<Int32>(-1)

    /// From now on each of these signals makes the descriptor readable.
    static func direct(_ signals: [Int32], to descriptor: Int32) {
        self.descriptor.store(descriptor, ordering: .sequentiallyConsistent)
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for number in signals {
            var action = sigaction()
            unsafe action.__sigaction_handler.sa_handler = { _ in
                let saved = errno
                let descriptor = StopSignals.descriptor.load(ordering: .sequentiallyConsistent)
                if descriptor >= 0 { WakeUp.signal(descriptor) }
                errno = saved
            }
            action.sa_flags = SA_RESTART
            unsafe sigaction(number, &action, nil)
            unsafe sigaddset(&set, number)
        }
        // Whoever started this process may have had them blocked, which is inherited.
        unsafe pthread_sigmask(SIG_UNBLOCK, &set, nil)
    }

    /// From now on the signals are ignored: the server is stopping already, or has stopped.
    static func forget() {
        descriptor.store(-1, ordering: .sequentiallyConsistent)
    }
}
