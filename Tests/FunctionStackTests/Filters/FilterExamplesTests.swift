import Foundation
import Testing
import Values
import XanoScript

@testable import FunctionStack

@Suite("Filters give what the table of examples says")
struct FilterExamplesTests {
    @Test("Each example comes out", arguments: try FilterExample.all())
    func example(_ example: FilterExample) throws {
        let definition = try #require(FilterTable.standard[example.filter], "there is no filter \(example.filter)")
        let arguments = try example.arguments.map { try JSON.parse(Text($0)) }
        try #require(definition.arity.contains(arguments.count), "\(arguments.count) arguments are too many or too few")
        guard case .plain(let implementation) = definition.implementation else {
            Issue.record("\(example.filter) takes an expression")
            return
        }
        let input = example.input.isEmpty ? Value.null : try JSON.parse(Text(example.input))
        let context = FilterContext(clock: { 0 }, random: SystemRandomNumberGenerator(), budget: Budget())
        do {
            let result = try implementation(input, FilterArguments(arguments), context)
            #expect(JSON.text(result).string == example.expected)
        } catch let error as StackError {
            #expect(example.expected.hasPrefix("error "), "\(error.message)")
            #expect(error.message.string.contains(example.expected.dropFirst(6)))
        }
    }

    @Test("Each comes out in a stack as well", arguments: try FilterExample.all())
    func inStack(_ example: FilterExample) throws {
        try expect(example.expression, toGive: example.expected)
    }

    @Test("Each whole expression comes out", arguments: try Fixture.rows("Filters/expressions.txt"))
    func expression(_ row: [String]) throws {
        try expect(row[0], toGive: row[1])
    }

    private func expect(_ expression: String, toGive expected: String) throws {
        let program = try Program.parsed(["function \"case\" {\n  stack {}\n  response = \(expression)\n}"])
        let problem = program.diagnostics.first { $0.severity == .error }
        try #require(problem == nil, "\(problem?.message ?? "")")
        do {
            let result = try program.runFunction("case", input: Object(), effects: .forTests())
            #expect(JSON.text(result).string == expected)
        } catch let error as StackError {
            #expect(expected.hasPrefix("error "), "\(error.message)")
            #expect(error.message.string.contains(expected.dropFirst(6)))
        }
    }

    @Test("Each filter for text, numbers, arrays, objects and types has an example")
    func coverage() throws {
        let tried = Set(try FilterExample.all().map(\.filter))
        let groups = [
            ArithmeticFilters.definitions, MathFilters.definitions, RoundingFilters.definitions,
            NumberBaseFilters.definitions, ComparisonFilters.definitions, TypeFilters.definitions,
            TextFilters.definitions, TextSearchFilters.definitions, ArrayFilters.definitions,
            SetFilters.definitions, EmptinessFilters.definitions, SortFilter.definitions, ObjectFilters.definitions,
        ]
        let missing = groups.joined().filter { $0.isPure && !tried.contains($0.name) }
        #expect(missing.map(\.name) == [])
    }
}

/// A line of `Fixtures/Filters`.
struct FilterExample: Sendable, CustomTestStringConvertible {
    var filter: String
    var input: String
    var arguments: [String]
    var expected: String

    var testDescription: String { "\(input)|\(([filter] + arguments).joined(separator: ":"))" }

    /// As a stack has it. JSON is a part of the language.
    var expression: String {
        (input.isEmpty ? "" : "(\(input))") + "|\(filter)" + arguments.map { ":(\($0))" }.joined()
    }

    static func all() throws -> [FilterExample] {
        try ["numbers", "types", "text", "arrays", "objects"].flatMap { file in
            try Fixture.rows("Filters/\(file).txt").map { row in
                try #require(row.count == 4, "\(file): \(row)")
                return FilterExample(
                    filter: row[0], input: row[1],
                    arguments: row[2].isEmpty ? [] : row[2].components(separatedBy: " : "), expected: row[3])
            }
        }
    }
}
