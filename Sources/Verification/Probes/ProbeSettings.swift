/// What an operator says of the location that is tried.
package struct ProbeSettings: Sendable {
    package var method = "POST"
    /// Path and query, as they are called.
    package var uri = "/"
    /// Headers that every request has.
    package var headers: [(name: String, value: String)] = []
    /// The operator's own body; nil for a sample.
    package var body: [UInt8]?
    /// `POSTERN_URL`: scheme, host and port as the sender calls them.
    package var url: String?
    /// `POSTERN_TOLERANCE`
    package var tolerance: Int64?
    /// `POSTERN_DEDUPE`
    package var dedupe: DedupeRule?
    /// `POSTERN_MAX_BODY`
    package var maximumBody = 1 << 20
    /// What a sample says it is about.
    package var eventType = "postern.selftest"

    package init() {}
}
