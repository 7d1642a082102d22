internal import CSQLite
package import Values

/// A prepared statement: bind its parameters, then run it once.
///
/// Each run ends by forgetting all bindings, so that a parameter that is left out is NULL and never what an
/// earlier request left there.
@safe package final class Statement {
    package let sql: SQL
    let pointer: OpaquePointer
    private let handle: Handle
    private(set) var isRunning = false
    /// Long values, whose bytes are lent to SQLite while the statement runs.
    private var lent: [(index: Int32, value: Lent)] = []
    /// The first binding that failed; told when the statement is run.
    private var bindingResult = SQLITE_OK

    private enum Lent {
        case text(Text)
        case blob([UInt8])
    }

    /// Shorter ones SQLite copies into memory of its own, which is cheaper than to lend them.
    private static let lentFrom = 256

    init(_ sql: SQL, _ handle: Handle, isKept: Bool) throws(DatabaseError) {
        if let lost = handle.lostTransaction { throw lost }
        var pointer: OpaquePointer?
        let flags = isKept ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
        let result = unsafe sqlite3_prepare_v3(handle.database, sql.text, -1, flags, &pointer, nil)
        guard result == SQLITE_OK else { throw handle.error(result, sql: sql.text) }
        guard let pointer = unsafe pointer else {
            throw DatabaseError(.misuse, "the statement is empty", sql: sql.text)
        }
        self.sql = sql
        self.handle = handle
        unsafe self.pointer = unsafe pointer
    }

    deinit { _ = unsafe sqlite3_finalize(pointer) }
}

// MARK: What it is

extension Statement {
    /// The highest number of a parameter.
    package var parameterCount: Int { Int(unsafe sqlite3_bind_parameter_count(pointer)) }

    /// The names of the result's columns.
    package var columnNames: [String] {
        let count = unsafe sqlite3_column_count(pointer)
        return (0..<count).map { column in
            guard let name = unsafe sqlite3_column_name(pointer, column) else { return "" }
            return unsafe String(cString: name)
        }
    }

    /// The column of a table whose values a column of the result gives as they are; nil for what is computed.
    package func origin(of column: Int) -> (table: String, column: String)? {
        guard let table = unsafe sqlite3_column_table_name(pointer, Int32(column)),
            let name = unsafe sqlite3_column_origin_name(pointer, Int32(column))
        else { return nil }
        return (unsafe String(cString: table), unsafe String(cString: name))
    }
}

// MARK: Binding. Parameters are numbered from 1, as in the statement's text.

extension Statement {
    package func bind(_ index: Int32, _ value: Int64) {
        note(unsafe sqlite3_bind_int64(pointer, index, value))
    }

    package func bind(_ index: Int32, _ value: Double) {
        note(unsafe sqlite3_bind_double(pointer, index, value))
    }

    package func bind(_ index: Int32, _ value: Bool) {
        note(unsafe sqlite3_bind_int64(pointer, index, value ? 1 : 0))
    }

    package func bindNull(_ index: Int32) {
        note(unsafe sqlite3_bind_null(pointer, index))
    }

    /// As SQLite's TEXT, whatever the bytes are.
    package func bind(_ index: Int32, _ text: Text) {
        if text.byteCount >= Self.lentFrom {
            lent.append((index, .text(text)))
        } else {
            text.withBytes { bytes in
                unsafe bytes.withUnsafeBytes { unsafe bindText(index, $0, postern_sqlite_transient()) }
            }
        }
    }

    package func bind(_ index: Int32, _ string: String) { bind(index, Text(string)) }

    /// As SQLite's BLOB.
    package func bind(_ index: Int32, bytes: [UInt8]) {
        if bytes.count >= Self.lentFrom {
            lent.append((index, .blob(bytes)))
        } else {
            unsafe bytes.withUnsafeBytes { unsafe bindBlob(index, $0, postern_sqlite_transient()) }
        }
    }

    package func bind(_ index: Int32, _ value: Int64?) {
        if let value { bind(index, value) } else { bindNull(index) }
    }

    package func bind(_ index: Int32, _ text: Text?) {
        if let text { bind(index, text) } else { bindNull(index) }
    }

    package func bind(_ index: Int32, _ string: String?) {
        if let string { bind(index, string) } else { bindNull(index) }
    }

    /// A scalar as SQLite's type of the same kind, a boolean as 0 or 1. An array or object has no such type: the
    /// caller says how it is written, as text; here it fails the statement.
    package func bind(_ index: Int32, _ value: Value) {
        switch value {
        case .null: bindNull(index)
        case .boolean(let value): bind(index, value)
        case .integer(let value): bind(index, value)
        case .decimal(let value): bind(index, value)
        case .text(let value): bind(index, value)
        case .array, .object: note(SQLITE_MISMATCH)
        }
    }

    private func bindText(_ index: Int32, _ bytes: UnsafeRawBufferPointer, _ destructor: sqlite3_destructor_type?) {
        guard let start = bytes.baseAddress, unsafe !bytes.isEmpty else {
            note(unsafe sqlite3_bind_text(pointer, index, "", 0, postern_sqlite_transient()))
            return
        }
        let characters = unsafe start.assumingMemoryBound(to: CChar.self)
        note(
            unsafe sqlite3_bind_text64(
                pointer, index, characters, UInt64(bytes.count), destructor, UInt8(SQLITE_UTF8)))
    }

    private func bindBlob(_ index: Int32, _ bytes: UnsafeRawBufferPointer, _ destructor: sqlite3_destructor_type?) {
        guard let start = bytes.baseAddress, unsafe !bytes.isEmpty else {
            // A null pointer would bind NULL.
            note(unsafe sqlite3_bind_zeroblob(pointer, index, 0))
            return
        }
        note(unsafe sqlite3_bind_blob64(pointer, index, start, UInt64(bytes.count), destructor))
    }

    private func note(_ result: Int32) {
        if result != SQLITE_OK, bindingResult == SQLITE_OK { bindingResult = result }
    }
}

// MARK: Running

extension Statement {
    /// Runs the statement to its end.
    package func run() throws(DatabaseError) {
        try begin()
        defer { end() }
        try lend(0) { () throws(DatabaseError) in
            while try step() {}
        }
    }

    /// The first row as `read` gives it, or nil if there is none.
    package func first<Result>(_ read: (borrowing Row) throws -> Result) throws -> Result? {
        try begin()
        defer { end() }
        var result: Result?
        try lend(0) {
            if try step() { result = try read(unsafe Row(pointer)) }
        }
        return result
    }

    /// The first column of the first row; empty if there is none.
    func text() throws(DatabaseError) -> String {
        try begin()
        defer { end() }
        return try step() ? unsafe Row(pointer).string(0) : ""
    }

    /// Calls `body` for each row. The statement runs meanwhile; the same SQL may be run again inside.
    package func forEach(_ body: (borrowing Row) throws -> Void) throws {
        try begin()
        defer { end() }
        try lend(0) {
            while try step() { try body(unsafe Row(pointer)) }
        }
    }

    /// `body` for each row, the results in order.
    package func map<Result>(_ body: (borrowing Row) throws -> Result) throws -> [Result] {
        var results: [Result] = []
        try forEach { results.append(try body($0)) }
        return results
    }

    /// Forgets what was bound, if the statement is not to be run after all.
    package func forget() { end() }

    private func begin() throws(DatabaseError) {
        if let lost = handle.lostTransaction {
            end()
            throw lost
        }
        guard bindingResult == SQLITE_OK else {
            let reason = unsafe String(cString: sqlite3_errstr(bindingResult))
            let error = DatabaseError(.init(rawValue: bindingResult), "binding a value: " + reason, sql: sql.text)
            end()
            throw error
        }
        isRunning = true
    }

    private func end() {
        _ = unsafe sqlite3_reset(pointer)
        _ = unsafe sqlite3_clear_bindings(pointer)
        if !lent.isEmpty { lent.removeAll(keepingCapacity: true) }
        bindingResult = SQLITE_OK
        isRunning = false
    }

    private func step() throws(DatabaseError) -> Bool {
        let result = unsafe sqlite3_step(pointer)
        if result == SQLITE_ROW { return true }
        if result == SQLITE_DONE { return false }
        throw handle.error(result, sql: sql.text)
    }

    /// Binds the long values from the given one on without copying them, for as long as `body` runs.
    private func lend<Failure>(_ next: Int, _ body: () throws(Failure) -> Void) throws(Failure) {
        guard next < lent.count else { return try body() }
        let index = lent[next].index
        switch lent[next].value {
        case .text(let text):
            try text.withBytes { (bytes) throws(Failure) in
                try unsafe bytes.withUnsafeBytes { (bytes) throws(Failure) in
                    unsafe bindText(index, bytes, nil)
                    try lend(next + 1, body)
                }
            }
        case .blob(let bytes):
            try unsafe bytes.span.withUnsafeBytes { (bytes) throws(Failure) in
                unsafe bindBlob(index, bytes, nil)
                try lend(next + 1, body)
            }
        }
    }
}
