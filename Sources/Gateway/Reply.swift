internal import Synchronization

/// The way back to whoever sent a request, good for one answer from any thread.
///
/// A reply that is let go of without an answer answers 500: behind Apache's proxy_fcgi an empty
/// answer would count as success.
package final class Reply: Sendable {
    private let deliver: @Sendable (Response) -> Void
    private let isAnswered = Atomic(false)

    /// - Parameter deliver: takes the answer, exactly once, on the thread that sends it.
    package init(_ deliver: @escaping @Sendable (Response) -> Void) {
        self.deliver = deliver
    }

    deinit {
        send(Response(status: 500))
    }

    /// Sends the answer, if none was sent before.
    /// - Returns: whether this was the answer.
    @discardableResult
    package func send(_ response: Response) -> Bool {
        guard !isAnswered.exchange(true, ordering: .acquiringAndReleasing) else { return false }
        deliver(response)
        return true
    }
}
