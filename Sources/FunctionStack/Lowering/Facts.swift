/// What is known of a stack before it runs, what it calls included.
package struct Facts: Sendable, Equatable {
    /// It reads tables or the cache.
    package var readsRecords = false
    /// It changes tables or the cache: it needs a transaction that can be written.
    package var writesRecords = false
    /// It asks for the body as JSON, whatever its content type says.
    package var readsRawJSON = false
    /// It reads inputs that the body may hold.
    package var readsInput = false
    /// It reaches an outbound effect, a sleep, deliberately slow hashing or a statement in SQL of its own: it is no
    /// job for the writer's thread, and runs on a worker.
    package var needsWorker = false
    /// It reaches an outbound effect or a sleep: it stands in no transaction.
    package var leavesMachine = false

    /// It leaves stacks that run after the answer.
    package var postProcesses = false
    /// It reads more of the request than its declared inputs.
    package var readsRequest = false

    package init() {}

    mutating func formUnion(_ other: Facts) {
        readsRecords = readsRecords || other.readsRecords
        writesRecords = writesRecords || other.writesRecords
        readsRawJSON = readsRawJSON || other.readsRawJSON
        readsInput = readsInput || other.readsInput
        needsWorker = needsWorker || other.needsWorker
        leavesMachine = leavesMachine || other.leavesMachine
        postProcesses = postProcesses || other.postProcesses
        readsRequest = readsRequest || other.readsRequest
    }
}
