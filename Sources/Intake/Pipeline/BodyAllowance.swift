import Synchronization

/// What bodies of verified requests, and the values that are made of them, may take of the process's memory together.
///
/// Each request is bounded by itself; many large ones at once are bounded here. Those that find no room are answered
/// 503 and come again.
final class BodyAllowance: Sendable {
    /// A request's part, given back when nothing holds it any more.
    final class Share: Sendable {
        private let bytes: Int
        private let allowance: BodyAllowance

        fileprivate init(_ bytes: Int, of allowance: BodyAllowance) {
            self.bytes = bytes
            self.allowance = allowance
        }

        deinit { allowance.taken.subtract(bytes, ordering: .relaxed) }
    }

    private let maximum: Int
    private let taken = Atomic(0)

    init(maximum: Int = 256 << 20) {
        self.maximum = maximum
    }

    /// Room for a body and what becomes of it. Alone, every body has room.
    ///
    /// - Returns: nil if others take too much.
    func share(for body: [UInt8]) -> Share? {
        let bytes = Self.weight(of: body)
        let before = taken.add(bytes, ordering: .relaxed).oldValue
        let share = Share(bytes, of: self)
        return before == 0 || before + bytes <= maximum ? share : nil
    }

    /// About what a body takes, as it came and as values: each array, object or member is one more of them.
    static func weight(of body: [UInt8]) -> Int {
        var values = 0
        for byte in body where byte == UInt8(ascii: ",") || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") {
            values += 1
        }
        return 2 * body.count + 24 * values
    }
}
