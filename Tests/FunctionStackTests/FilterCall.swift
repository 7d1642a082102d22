import Testing
import Values

@testable import FunctionStack

/// One use of a filter, as a lowered program does it.
struct FilterCall {
    let name: String
    let input: Value
    let arguments: [Value]
    /// 2024-02-29 12:30:45.678 UTC, unless a test says otherwise.
    var now: Int64 = 1_709_209_845_678

    init(_ name: String, _ input: Value, _ arguments: Value...) {
        self.init(name, input: input, arguments: arguments)
    }

    init(_ name: String, input: Value, arguments: [Value]) {
        self.name = name
        self.input = input
        self.arguments = arguments
    }

    func result(budget: Budget = Budget()) throws -> Value {
        let definition = try #require(FilterTable.standard[name], "there is no filter \(name)")
        guard case .plain(let implementation) = definition.implementation else {
            throw StackError.mistake("\(name) is not plain")
        }
        try #require(definition.arity.contains(arguments.count), "\(name) does not take \(arguments.count) arguments")
        let now = now
        let context = FilterContext(clock: { now }, random: SystemRandomNumberGenerator(), budget: budget)
        return try implementation(input, FilterArguments(arguments), context)
    }

    /// The message of the error that it throws, or nil.
    func failure() -> String? {
        do {
            _ = try result()
            return nil
        } catch let error as StackError {
            return error.message.string
        } catch {
            return "\(error)"
        }
    }
}

extension FilterCall: CustomTestStringConvertible {
    var testDescription: String { "\(input)|\(name):\(arguments)" }
}
