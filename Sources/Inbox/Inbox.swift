/// The events of a database: each kept once, whatever is delivered how often.
///
/// Its functions work on a connection of the caller's: those that write, inside a job of the writer, so that an
/// event, what its run wrote and its answer are one transaction.
package struct Inbox: Sendable {
    /// This process as the holder of claims; nil where none are made or judged, as over a database in memory.
    let owner: ClaimOwner?

    package init(owner: ClaimOwner?) {
        self.owner = owner
    }
}
