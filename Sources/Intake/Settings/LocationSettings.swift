package import FunctionStack
package import Inbox
package import Outbound

/// What one location asks for, checked setting by setting. Nothing has been read from the disk yet.
package struct LocationSettings: Sendable {
    /// Who answers the sender.
    package enum Respond: String, Sendable, CaseIterable {
        /// The function stack, before the answer leaves.
        case stack
        /// Postern itself, once the event is durable; the stack runs from the queue.
        case accept
    }

    package enum Durability: String, Sendable, CaseIterable {
        /// On disk before the answer.
        case fsync
        /// Survives a crash of the process, not of the machine.
        case commit
    }

    /// `POSTERN_QUERY`
    package struct QueryName: Sendable, Equatable {
        /// The verb if the setting fixes it, else the request's counts.
        package var verb: String?
        package var group: String
        package var name: String
    }

    /// As written; `Verification` reads it.
    package var verify: String
    package var secrets: [SecretSource]
    package var url: String?
    /// Absolute path of the folder, as written.
    package var workspace: String
    package var query: QueryName?
    /// The location's name, given or made.
    package var name: String
    package var respond: Respond
    /// Absolute path, nil for the workspace's own place.
    package var database: String?
    package var durability: Durability
    /// As written; `Verification` reads it.
    package var dedupe: String?
    /// Seconds.
    package var tolerance: Int64?
    /// Bytes.
    package var maximumBody: Int
    /// Seconds after which the sender is told that its event was accepted; nil for what suits the sender.
    package var deadline: Int64?
    /// Attempts of what runs from the queue.
    package var retry: RetryPolicy
    /// What stacks may call beside public addresses.
    package var outbound: OutboundPolicy
    /// Bounds of one run of a stack.
    package var limits: RunLimits
    /// How many refused requests are kept for `postern events explain`.
    package var quarantine: Int
    /// Absolute path.
    package var environmentFile: String?
    /// `POSTERN_ENV_<NAME>`
    package var environment: [String: String]
    /// Where the web server's documents lie; secrets, databases and workspaces must not.
    package var documentRoot: String?
    /// The settings as they were written, for the worker and for messages.
    package var entries: SettingEntries
}

/// Where a secret comes from.
package enum SecretSource: Sendable, Equatable {
    case file(String)
    /// A variable of the process's own environment.
    case environment(String)
}
