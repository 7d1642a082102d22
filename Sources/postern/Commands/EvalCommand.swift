import FunctionStack
import Intake
import Values
import XanoScript

/// `postern eval`
enum EvalCommand: CommandDefinition {
    static let name = "eval"
    static let summary = "Evaluates one XanoScript expression and prints its value as JSON."
    static let operands = "[--input JSON] EXPRESSION"
    static let details = "For example: postern eval '[3,1,2]|sort|join:\"-\"'. $input is what --input gives."
    static let options = [Option("input", "JSON", "what $input is, an object ({})")]

    static func run(_ arguments: Arguments) throws {
        guard let text = arguments.operands.first, arguments.operands.count == 1 else { throw UsageError("eval takes one expression") }
        let input = try InputOption.object(arguments)
        do {
            let value = try StackSession.evaluate(text, input: input)
            Standard.output(JSON.print(value) + [UInt8(ascii: "\n")])
        } catch let error as StackError {
            Standard.error(JSON.print(.object(error.body)) + [UInt8(ascii: "\n")])
            throw CommandFailure()
        } catch let error as Diagnostic {
            throw CommandFailure(error.render())
        }
    }
}
