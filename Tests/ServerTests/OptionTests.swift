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

    @Test("Several headers in one option are refused: no header holds a line end")
    func headers() throws {
        let result = try Self.run(["verify", "--verify", "none", "--header", "A: 1\nB: 2"])
        #expect(result.status == 2)
        #expect(result.errors.contains("give each header a --header of its own"))
    }

    @Test("A list of addresses that is not there is said to be missing")
    func list() throws {
        let result = try Self.run(["check", "--verify", "github ip=file:/nowhere/list"])
        #expect(result.status == 1)
        #expect(result.errors.contains("/nowhere/list cannot be read") && result.errors.contains("create it or correct the path"))
    }

    @Test("An option without its value is named")
    func value() throws {
        let result = try Self.run(["eval", "1", "--input"])
        #expect(result.status == 2)
        #expect(result.errors.contains("--input needs a value"))
    }

    @Test("What the help says of options stands in one column", arguments: ["verify", "check", "selftest"])
    func columns(command: String) throws {
        let lines = try Self.run([command, "--help"]).output.split(separator: "\n").filter { $0.hasPrefix("  --") }
        // Behind the option's name and value, two spaces at least.
        let columns = lines.map { line in
            let text = Array(line)
            return text.indices.last { $0 > 1 && text[$0] != " " && text[$0 - 1] == " " && text[$0 - 2] == " " }
        }
        #expect(lines.count > 3 && Set(columns).count == 1, "\(lines)")
    }
}
