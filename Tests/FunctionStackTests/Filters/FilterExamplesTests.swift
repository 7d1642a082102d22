import Foundation
import Testing
import Values
import XanoScript
import XanoScriptReference

@testable import FunctionStack

@Suite("Filters give what the table of examples says")
struct FilterExamplesTests {
    @Test("Each example comes out", arguments: try FilterExample.all(in: Fixture.folder))
    func example(_ example: FilterExample) throws {
        guard let call = example.call else { return }
        let definition = try #require(FilterTable.standard[example.filter], "there is no filter \(example.filter)")
        let arguments = try call.arguments.map { try JSON.parse(Text($0)) }
        try #require(definition.arity.contains(arguments.count), "\(arguments.count) arguments are too many or too few")
        guard case .plain(let implementation) = definition.implementation else {
            Issue.record("\(example.filter) takes an expression")
            return
        }
        let input = call.input.isEmpty ? Value.null : try JSON.parse(Text(call.input))
        let context = FilterContext(
            clock: { DatePhraseTests.now }, random: SystemRandomNumberGenerator(), budget: Budget())
        do {
            let result = try implementation(input, FilterArguments(arguments), context)
            #expect(JSON.text(result).string == example.expected)
        } catch let error as StackError {
            #expect(example.expected.hasPrefix("error "), "\(error.message)")
            #expect(error.message.string.contains(example.expected.dropFirst(6)))
        }
    }

    @Test("Each comes out in a stack as well", arguments: try FilterExample.all(in: Fixture.folder))
    func inStack(_ example: FilterExample) throws {
        try expect(example.expression, toGive: example.expected)
    }

    @Test("Each whole expression comes out", arguments: try Fixture.rows("Filters/expressions.txt"))
    func expression(_ row: [String]) throws {
        try expect(row[0], toGive: row[1])
    }

    @Test("Operators give what the documentation shows", arguments: try Fixture.rows("Filters/operators.txt"))
    func operators(_ row: [String]) throws {
        try expect(row[0], toGive: row[1])
    }

    private func expect(_ expression: String, toGive expected: String) throws {
        do {
            let result = try Program.evaluate(expression, effects: .forTests())
            #expect(JSON.text(result).string == expected)
        } catch let error as StackError {
            #expect(expected.hasPrefix("error "), "\(error.message)")
            #expect(error.message.string.contains(expected.dropFirst(6)))
        } catch let problem as Diagnostic {
            #expect(expected.hasPrefix("error "), "\(problem.message)")
            #expect(problem.message.contains(expected.dropFirst(6)))
        }
    }
}

extension FilterExample: CustomTestStringConvertible {
    public var testDescription: String { expression }
}
