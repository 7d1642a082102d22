internal import CSQLite
package import Values

extension Connection {
    /// Makes a function callable from SQL on this connection. Schemas (views, triggers, indexes) cannot call it.
    /// - Parameters:
    ///   - argumentCount: how many arguments it takes, −1 for any number.
    ///   - isDeterministic: whether the same arguments always give the same result, so that SQLite may call it once.
    ///   - body: gives a scalar. What it throws ends the statement and is the error's `cause`.
    package func define(
        _ name: String, argumentCount: Int32, isDeterministic: Bool, _ body: @escaping ([Value]) throws -> Value
    ) throws(DatabaseError) {
        let function = ScalarFunction(body, handle)
        var flags = SQLITE_UTF8 | SQLITE_DIRECTONLY
        if isDeterministic { flags |= SQLITE_DETERMINISTIC }
        // SQLite calls the last argument when the function is replaced, when the connection closes, and on failure.
        let result = unsafe sqlite3_create_function_v2(
            handle.database, name, argumentCount, flags, Unmanaged.passRetained(function).toOpaque(),
            { context, count, arguments in unsafe ScalarFunction.call(context, count, arguments) }, nil, nil,
            { function in
                if let function = unsafe function { unsafe Unmanaged<ScalarFunction>.fromOpaque(function).release() }
            })
        guard result == SQLITE_OK else { throw handle.error(result) }
        definedFunctions.insert(name)
    }
}

private final class ScalarFunction {
    private let body: ([Value]) throws -> Value
    // The handle outlives its functions: it closes them.
    private unowned let handle: Handle

    init(_ body: @escaping ([Value]) throws -> Value, _ handle: Handle) {
        self.body = body
        self.handle = handle
    }

    static func call(
        _ context: OpaquePointer?, _ count: Int32, _ arguments: UnsafeMutablePointer<OpaquePointer?>?
    ) {
        guard let user = unsafe sqlite3_user_data(context) else { return }
        let function = unsafe Unmanaged<ScalarFunction>.fromOpaque(user).takeUnretainedValue()
        var values: [Value] = []
        values.reserveCapacity(Int(count))
        for index in 0..<Int(count) {
            guard let argument = unsafe arguments?[index] else { continue }
            values.append(unsafe value(of: argument))
        }
        do {
            unsafe give(try function.body(values), to: context)
        } catch {
            function.handle.functionError = error
            unsafe sqlite3_result_error(context, "a function of the statement failed", -1)
        }
    }

    private static func value(of argument: OpaquePointer) -> Value {
        switch unsafe sqlite3_value_type(argument) {
        case SQLITE_INTEGER: return .integer(unsafe sqlite3_value_int64(argument))
        case SQLITE_FLOAT: return .decimal(unsafe sqlite3_value_double(argument))
        case SQLITE_NULL: return .null
        default:
            guard let start = unsafe sqlite3_value_blob(argument) else { return .text("") }
            let count = Int(unsafe sqlite3_value_bytes(argument))
            return .text(Text(bytes: unsafe Array(UnsafeRawBufferPointer(start: start, count: count))))
        }
    }

    private static func give(_ value: Value, to context: OpaquePointer?) {
        switch value {
        case .null: unsafe sqlite3_result_null(context)
        case .boolean(let value): unsafe sqlite3_result_int64(context, value ? 1 : 0)
        case .integer(let value): unsafe sqlite3_result_int64(context, value)
        case .decimal(let value): unsafe sqlite3_result_double(context, value)
        case .text(let text):
            text.withBytes { bytes in
                unsafe bytes.withUnsafeBytes { bytes in
                    guard let start = bytes.baseAddress else {
                        unsafe sqlite3_result_text(context, "", 0, postern_sqlite_transient())
                        return
                    }
                    let characters = unsafe start.assumingMemoryBound(to: CChar.self)
                    unsafe sqlite3_result_text64(
                        context, characters, UInt64(bytes.count), postern_sqlite_transient(), UInt8(SQLITE_UTF8))
                }
            }
        case .array, .object:
            unsafe sqlite3_result_error(context, "an array or object is no column value", -1)
        }
    }
}
