import FunctionStack
import Values
import XanoScript

/// A parser of bytes from outside, as the fuzzer and the tests drive it: whatever the bytes are, it ends, and what it
/// promises of its result holds.
package enum FuzzTarget: String, CaseIterable, Sendable {
    case source, expression, json, form, multipart, xml, csv, yaml, template

    /// - Throws: `BrokenPromise`; a parser's own refusal is no error here.
    package func run(_ bytes: [UInt8]) throws {
        switch self {
        case .source: try Self.source(bytes)
        case .expression: try Self.expression(bytes)
        case .json: try Self.json(bytes)
        case .form: _ = try? Form(bytes).value()
        case .multipart: Self.multipart(bytes)
        case .xml: _ = try? XML.parse(Text(bytes: bytes))
        case .csv: try Self.csv(bytes)
        case .yaml: _ = try? Self.evaluate("$input.text|yaml_decode", bytes)
        case .template: Self.template(bytes)
        }
    }

    /// What a parser said of its result and did not keep.
    package struct BrokenPromise: Error, CustomStringConvertible {
        package let description: String
    }

    // MARK: XanoScript

    /// Lexed, parsed, lowered; every diagnostic lies inside the file and can be shown.
    private static func source(_ bytes: [UInt8]) throws {
        let (constructs, diagnostics) = Parser.parse(SourceFile(path: "fuzz.xs", bytes: bytes))
        guard !constructs.isEmpty || !diagnostics.isEmpty else { throw BrokenPromise(description: "neither construct nor reason") }
        let program = Program(constructs: constructs)
        for diagnostic in diagnostics + program.diagnostics {
            guard 0...diagnostic.range.end ~= diagnostic.range.start, diagnostic.range.end <= bytes.count else {
                throw BrokenPromise(description: "a diagnostic lies outside of the file: \(diagnostic.message)")
            }
            _ = diagnostic.render()
        }
    }

    /// Evaluated within small bounds.
    private static func expression(_ bytes: [UInt8]) throws {
        _ = try? Program.evaluate(String(decoding: bytes, as: UTF8.self), input: input, effects: effects())
    }

    private static func evaluate(_ expression: String, _ bytes: [UInt8]) throws -> Value {
        try Program.evaluate(expression, input: ["text": .text(Text(bytes: bytes))], effects: effects())
    }

    private static let input: Value = [
        "number": 7, "text": "some text, some more", "list": [3, 1, 2], "object": ["a": 1, "b": ["c": nil]],
    ]

    private static func effects() -> Effects {
        var ticks: Int64 = 0
        return Effects(
            records: nil, limits: RunLimits(steps: 100_000, memory: 16 << 20, depth: 16, milliseconds: 10_000),
            clock: { 1_700_000_000_000 },
            // A clock of its own kind: the same bytes reach the same bound in every run.
            monotonicClock: {
                ticks += 1
                return ticks
            },
            randomBytes: { Array(repeating: 7, count: $0) }, log: { _ in })
    }

    // MARK: Data

    /// What is printed reads as the same value again.
    private static func json(_ bytes: [UInt8]) throws {
        guard let value = try? JSON.parse(bytes) else { return }
        let printed = JSON.print(value)
        guard let again = try? JSON.parse(printed), JSON.print(again) == printed else {
            throw BrokenPromise(description: "what was printed reads as another value")
        }
    }

    /// The first line is the content type.
    private static func multipart(_ bytes: [UInt8]) {
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        let body = Array(bytes.dropFirst(line.count + 1))
        guard let form = try? Multipart(body, contentType: String(decoding: line, as: UTF8.self)) else { return }
        _ = try? form.value(of: body)
    }

    /// Rows that were read and written read the same again.
    private static func csv(_ bytes: [UInt8]) throws {
        guard let rows = try? CSV().parse(Text(bytes: bytes)) else { return }
        var written: [UInt8] = []
        for row in rows { CSV().append(row, to: &written) }
        guard let again = try? CSV().parse(Text(bytes: written)), again == rows else {
            throw BrokenPromise(description: "rows that were written read as others")
        }
    }

    private static func template(_ bytes: [UInt8]) {
        guard let template = try? Template(Text(bytes: bytes)) else { return }
        let context = FilterContext(
            clock: { 1_700_000_000_000 }, random: SystemRandomNumberGenerator(),
            budget: Budget(maximumSteps: 100_000, maximumBytes: 16 << 20))
        _ = try? template.render(context: context) { name in
            guard case .object(let variables) = input else { return nil }
            return variables[name]
        }
    }
}
