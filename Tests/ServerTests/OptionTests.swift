import Testing

@Suite("Options of the command line")
struct OptionTests {
    private static func run(_ words: [String]) throws -> Command.Result {
        let sandbox = try Sandbox()
        return try withExtendedLifetime(sandbox) { try Command.run(sandbox.program(), words) }
    }

    @Test("A word that is no option is named, and where it would have to stand", arguments: [
        (["eval", "-7 % 3"], "-7 % 3"), (["eval", "--inputs", "{}", "1"], "--inputs"), (["eval", "-x"], "-x"),
        (["eval", "1", "-7"], "-7"),
    ])
    func unknown(words: [String], named: String) throws {
        let result = try Self.run(words)
        #expect(result.status == 2)
        #expect(result.errors.contains("\(named) is no option here; what is no option stands behind --"))
    }

    @Test("Behind -- a word that begins with - is an operand")
    func operand() throws {
        let result = try Self.run(["eval", "--", "-7 % 3"])
        #expect(result.output == "-1\n")
    }

    @Test("An option without its value is named")
    func value() throws {
        let result = try Self.run(["eval", "1", "--input"])
        #expect(result.status == 2)
        #expect(result.errors.contains("--input needs a value"))
    }
}
