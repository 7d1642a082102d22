internal import Synchronization

/// The text of one statement, made once: a static, or part of what is made when a workspace is loaded.
///
/// A connection finds the statement that it prepared for it without hashing the text. Parameters are written
/// `?1`, `?2`, ….
package final class SQL: Sendable {
    package let text: String
    /// Where a connection keeps the prepared statement; small, so that it can be an index.
    let number: Int

    private static let count = Atomic<Int>(0)

    package init(_ text: String) {
        self.text = text
        number = Self.count.wrappingAdd(1, ordering: .relaxed).oldValue
    }
}
