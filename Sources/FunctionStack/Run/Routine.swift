import Values
import XanoScript

/// A query, a function or a middleware, ready to run.
final class Routine: Sendable {
    let name: String
    let inputs: InputBlock
    let body: BlockNode
    let response: any ExpressionNode
    let responsePlace: String
    let slotCount: Int
    /// The slot of `$response`, where something reads it.
    let variables: [(name: String, slot: Int)]
    let middleware: MiddlewareChain

    init(
        name: String, inputs: InputBlock, body: BlockNode, response: any ExpressionNode, responsePlace: String,
        slotCount: Int, variables: [(name: String, slot: Int)], middleware: MiddlewareChain
    ) {
        self.name = name
        self.inputs = inputs
        self.body = body
        self.response = response
        self.responsePlace = responsePlace
        self.slotCount = slotCount
        self.variables = variables
        self.middleware = middleware
    }

    /// Runs it with the inputs that a stack gives: checked first, the middleware of functions around it.
    func call(_ given: Object, _ machine: inout Machine) throws -> Value {
        let input = try inputs.accept(GivenInput(given), &machine)
        return try run(middleware.before(input, &machine), &machine)
    }

    /// Runs it with inputs that were checked.
    func run(_ input: Object, _ machine: inout Machine) throws -> Value {
        let response = try machine.call(slots: slotCount, routine: self, input: .object(input)) { machine in
            switch try body.execute(&machine) {
            case .return:
                var value = Value.null
                swap(&value, &machine.returned)
                return value
            case .stop: return .null
            default: return try evaluateResponse(&machine)
            }
        }
        guard machine.stopped == nil else { return .null }
        return try middleware.after(response, input, &machine)
    }

    private func evaluateResponse(_ machine: inout Machine) throws -> Value {
        do {
            return try response.evaluate(&machine)
        } catch var error as StackError {
            if error.location == nil { error.location = responsePlace }
            throw error
        }
    }
}
