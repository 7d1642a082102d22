import FunctionStack
import Values

/// The page that a query asks for, as its parameters say.
struct Page {
    /// The most records of one page.
    static let maximumSize: Int64 = 100_000
    /// Xano's own.
    static let standardSize: Int64 = 25

    let number: Int64
    let size: Int64
    /// How many records of the result lie before the page.
    let offset: Int64
    let hasTotals: Bool
    /// Whether the records come in an envelope that tells of the page.
    let hasEnvelope: Bool

    /// - Throws: `StackError` of kind `inputError` for what is no number or too large.
    init(_ paging: RecordQuery.Paging, _ parameters: [Value]) throws {
        func value(_ parameter: Int?) -> Value {
            parameter.flatMap { parameters.indices.contains($0) ? parameters[$0] : nil } ?? .null
        }
        let given = try Self.integer(value(paging.page), "page") ?? 1
        number = max(1, given)
        let wanted = try Self.integer(value(paging.perPage), "per_page") ?? 0
        size = wanted > 0 ? wanted : Self.standardSize
        guard size <= Self.maximumSize else {
            throw Self.error("per_page", "per_page must be at most \(Self.maximumSize)")
        }
        let extra = max(0, try Self.integer(value(paging.offset), "offset") ?? 0)
        let (before, overflow) = (number - 1).multipliedReportingOverflow(by: size)
        let (sum, tooFar) = before.addingReportingOverflow(extra)
        guard !overflow, !tooFar else { throw Self.error("page", "There is no such page") }
        offset = sum
        hasTotals = value(paging.totals).isTruthy
        hasEnvelope = paging.metadata == nil || value(paging.metadata).isTruthy
    }

    private static func integer(_ value: Value, _ name: String) throws -> Int64? {
        switch value {
        case .null, .text(""): return nil
        default:
            guard let number = value.wholeNumber else {
                throw error(name, "\(name) must be a whole number")
            }
            return number
        }
    }

    private static func error(_ name: String, _ message: String) -> StackError {
        StackError(.inputError, Text(message), payload: ["param": .text(name)])
    }

    /// What Xano answers for a page.
    ///
    /// - Parameter hasNext: whether there are records after the page
    func envelope(items: [Value], hasNext: Bool, total: Int64?, output: RecordOutput) -> Value {
        var result = Object(capacity: 9)
        func add(_ key: Text, _ value: Value) {
            if output.envelope?.contains(key) ?? true { result[key] = value }
        }
        add("itemsReceived", .integer(Int64(items.count)))
        add("curPage", .integer(number))
        add("nextPage", hasNext ? .integer(number + 1) : .null)
        add("prevPage", number > 1 ? .integer(number - 1) : .null)
        add("offset", .integer(offset))
        add("perPage", .integer(size))
        if let total {
            add("itemsTotal", .integer(total))
            add("pageTotal", .integer(total / size + (total % size == 0 ? 0 : 1)))
        }
        result["items"] = .array(items)
        return .object(result)
    }
}
