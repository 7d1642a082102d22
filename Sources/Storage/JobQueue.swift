internal import Synchronization

/// Jobs from any thread to the writer's, without a lock: a list that submitters push to and the writer takes whole.
///
/// A submitter makes a system call only when the writer sleeps.
@safe final class JobQueue: Sendable {
    /// The last one pushed, or `closed` once no more are taken. Safe to share: a job belongs to whoever pushes it,
    /// then to the list, then to whoever takes it, and changes hands by atomic exchange.
    private nonisolated(unsafe) let newest = unsafe Atomic<Unmanaged<Submission>?>(nil)
    private let isSleeping = Atomic<Bool>(false)
    private let wakeUp = Semaphore()
    /// Marks the end of the queue; never run. Safe to share: only its address is used.
    private nonisolated(unsafe) let closed = Submission(durability: .commit)

    /// Hands over a job; false if the queue is closed, and the job stays the caller's.
    func push(_ submission: Submission) -> Bool {
        let node = unsafe Unmanaged.passUnretained(submission)
        var head = unsafe newest.load(ordering: .acquiring)
        while true {
            if unsafe isClosed(head) { return false }
            unsafe submission.next = unsafe head
            // The list owns what is in it.
            _ = unsafe node.retain()
            let (exchanged, original) = unsafe newest.weakCompareExchange(
                expected: head, desired: node, successOrdering: .sequentiallyConsistent, failureOrdering: .acquiring)
            if exchanged { break }
            unsafe node.release()
            unsafe head = unsafe original
        }
        wake()
        return true
    }

    /// Appends what waits to `jobs`, in the order of submission; gives whether there was any.
    func take(into jobs: inout [Submission]) -> Bool {
        // A closed queue is closed when it is empty, and by the thread that takes.
        guard var node = unsafe newest.exchange(nil, ordering: .sequentiallyConsistent) else { return false }
        let first = jobs.count
        while true {
            let submission = unsafe node.takeRetainedValue()
            jobs.append(submission)
            guard let next = unsafe submission.next else { break }
            unsafe submission.next = nil
            unsafe node = unsafe next
        }
        jobs[first...].reverse()
        return true
    }

    /// Sleeps until there may be something to take, or `wake` is called.
    func sleep() {
        isSleeping.store(true, ordering: .sequentiallyConsistent)
        let isEmpty = unsafe newest.load(ordering: .sequentiallyConsistent) == nil
        // Whoever takes the flag down sends the signal; it is taken back only together with it.
        if !isEmpty, isSleeping.exchange(false, ordering: .sequentiallyConsistent) { return }
        wakeUp.wait()
    }

    func wake() {
        if isSleeping.load(ordering: .sequentiallyConsistent),
            isSleeping.exchange(false, ordering: .sequentiallyConsistent)
        {
            wakeUp.signal()
        }
    }

    /// Takes no more jobs, if none waits. Called by the thread that takes, which takes no more after that.
    func close() -> Bool {
        unsafe newest.compareExchange(
            expected: nil, desired: .passUnretained(closed), ordering: .sequentiallyConsistent
        ).exchanged
    }

    private func isClosed(_ head: Unmanaged<Submission>?) -> Bool {
        guard let head = unsafe head else { return false }
        return unsafe head.toOpaque() == Unmanaged.passUnretained(closed).toOpaque()
    }
}
