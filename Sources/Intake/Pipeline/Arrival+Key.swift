import Inbox

extension Arrival {
    /// A dedupe key of Verification's as the inbox has it: the two modules do not know each other.
    static func key(_ kind: String, _ value: [UInt8]) -> DedupeKey {
        DedupeKey(kind: kind, value: value)
    }
}
