internal import Storage

/// This process as the holder of claims, which die with it at once.
///
/// It holds a lock on the byte of its number in the file `DATABASE-lock`; whoever finds a claim asks whether that
/// byte is still locked.
package final class ClaimOwner: Sendable {
    package let number: Int64
    private let file: LockFile

    /// The byte that the one drain of a database holds. Numbers of owners are larger.
    private static let drain: Int64 = 1

    /// - Parameter database: path of the database file.
    package init(database: String) throws {
        let file = try LockFile(database + "-lock")
        var number: Int64
        repeat { number = Int64.random(in: 2..<Int64.max) } while try !file.tryLock(number)
        self.number = number
        self.file = file
    }

    /// Whether the process that made a claim under this number still lives.
    package func isAlive(_ owner: Int64) throws -> Bool {
        if owner == number { return true }
        guard owner > Self.drain else { return false }
        return try file.isHeldElsewhere(owner)
    }

    /// Whether any process serves or drains the database, as far as this one can tell: it holds none itself.
    package static func isInUse(database: String) throws -> Bool {
        try LockFile(database + "-lock").isAnyHeldElsewhere(from: drain)
    }

    /// Makes this process the database's one drain; false if another is at it.
    package func tryBecomeDrain() throws -> Bool { try file.tryLock(Self.drain) }

    package func endDrain() { file.unlock(Self.drain) }
}
