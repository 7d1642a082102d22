internal import CSQLite
package import Values

/// The row on which a statement stands. Columns are numbered from 0.
///
/// It is lent: what it gives is copied out of SQLite, but for `withBytes`.
@safe package struct Row: ~Copyable {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        unsafe self.pointer = unsafe pointer
    }

    package func isNull(_ column: Int32) -> Bool {
        unsafe sqlite3_column_type(pointer, column) == SQLITE_NULL
    }

    /// The column as an integer; 0 for NULL.
    package func integer(_ column: Int32) -> Int64 {
        unsafe sqlite3_column_int64(pointer, column)
    }

    package func optionalInteger(_ column: Int32) -> Int64? {
        isNull(column) ? nil : integer(column)
    }

    /// The column as a floating-point number; 0 for NULL.
    package func decimal(_ column: Int32) -> Double {
        unsafe sqlite3_column_double(pointer, column)
    }

    /// The column as text, NUL bytes and all; empty for NULL.
    package func text(_ column: Int32) -> Text {
        unsafe withBuffer(column) { buffer in
            if let string = unsafe String(validating: buffer, as: UTF8.self) { return Text(string) }
            return Text(bytes: unsafe Array(buffer))
        }
    }

    package func optionalText(_ column: Int32) -> Text? {
        isNull(column) ? nil : text(column)
    }

    /// The column as a String; each byte that is no part of valid UTF-8 becomes U+FFFD.
    package func string(_ column: Int32) -> String {
        unsafe withBuffer(column) { unsafe String(decoding: $0, as: UTF8.self) }
    }

    package func optionalString(_ column: Int32) -> String? {
        isNull(column) ? nil : string(column)
    }

    /// The column's bytes; none for NULL.
    package func bytes(_ column: Int32) -> [UInt8] {
        unsafe withBuffer(column) { unsafe Array($0) }
    }

    /// Lends the column's bytes without copying them.
    package func withBytes<Result>(_ column: Int32, _ body: (Span<UInt8>) throws -> Result) rethrows -> Result {
        try unsafe withBuffer(column) { try body(unsafe $0.span) }
    }

    /// The column by the type it is stored as; both TEXT and BLOB are text.
    package func value(_ column: Int32) -> Value {
        switch unsafe sqlite3_column_type(pointer, column) {
        case SQLITE_INTEGER: .integer(integer(column))
        case SQLITE_FLOAT: .decimal(decimal(column))
        case SQLITE_NULL: .null
        default: .text(text(column))
        }
    }

    private func withBuffer<Result>(
        _ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        // For TEXT in UTF-8 and for BLOB alike this gives the bytes as they are stored.
        let start = unsafe sqlite3_column_blob(pointer, column)
        let count = Int(unsafe sqlite3_column_bytes(pointer, column))
        guard let start = unsafe start else { return try unsafe body(UnsafeBufferPointer(start: nil, count: 0)) }
        let bytes = unsafe UnsafeBufferPointer(start: start.assumingMemoryBound(to: UInt8.self), count: count)
        return try unsafe body(bytes)
    }
}
