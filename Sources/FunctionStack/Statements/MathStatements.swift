import Values
import XanoScript

/// `math.add $x { value = 1 }` and the others: they change the variable and give nothing.
enum MathStatements {
    static let definitions = [
        change("math.add", Arithmetic.add), change("math.sub", Arithmetic.subtract),
        change("math.mul", Arithmetic.multiply), change("math.div", Arithmetic.divide),
        change("math.mod", Arithmetic.remainder), change("math.bitwise.and", Arithmetic.bitwiseAnd),
        change("math.bitwise.or", Arithmetic.bitwiseOr), change("math.bitwise.xor", Arithmetic.bitwiseXor),
    ]

    private static func change(
        _ name: String, _ operation: @escaping @Sendable (Value, Value) throws -> Value
    ) -> StatementDefinition {
        StatementDefinition(name, subject: .target, attributes: [.required("value")]) { use in
            let value = use.node("value")
            guard let target = use.target else { return nil }
            if target.path.isEmpty, name == "math.add" { return AccumulateStatement(target.slot, .add, value) }
            if target.path.isEmpty, name == "math.sub" { return AccumulateStatement(target.slot, .subtract, value) }
            return ResultStatement(resultSlot: nil) { machine in
                let operand = try value.evaluate(&machine)
                try target.update(&machine) { $0 = try operation($0, operand) }
                return .null
            }
        }
    }
}
