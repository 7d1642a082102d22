import Testing
import Values

@testable import FunctionStack

@Suite("Text that is not UTF-8")
struct RawBytesTests {
    /// `Aé` in ISO 8859-1, a NUL, a lone byte of UTF-8.
    private let raw = Text(bytes: [0x41, 0xE9, 0x00, 0x80])

    private func run(_ name: String, _ arguments: Value...) throws -> Value {
        let definition = try #require(FilterTable.standard[name])
        guard case .plain(let implementation) = definition.implementation else { return .null }
        let context = FilterContext(clock: { 0 }, random: SystemRandomNumberGenerator(), budget: Budget())
        return try implementation(.text(raw), FilterArguments(arguments), context)
    }

    @Test("Each byte is a character")
    func characters() throws {
        #expect(try run("strlen") == 4)
        #expect(try run("substr", 1, 2) == .text(Text(bytes: [0xE9, 0x00])))
        #expect(try run("split", "") == [.text("A"), .text(Text(bytes: [0xE9])), "\0", .text(Text(bytes: [0x80]))])
        #expect(try run("index", "\0") == 2)
    }

    @Test("Other letters than ASCII ones and the other bytes stay as they are")
    func changes() throws {
        #expect(try run("to_lower") == .text(Text(bytes: [0x61, 0xE9, 0x00, 0x80])))
        #expect(try run("unaccent") == .text(raw))
        #expect(try run("trim", "A") == .text(Text(bytes: [0xE9, 0x00, 0x80])))
        #expect(try run("replace", "\0", "-") == .text(Text(bytes: [0x41, 0xE9, 0x2D, 0x80])))
        #expect(try run("concat", .text(Text(bytes: [0xC3])), "") == .text(Text(bytes: [0x41, 0xE9, 0, 0x80, 0xC3])))
        #expect(try run("pad_start", 6, "é") == .text(Text(bytes: [0xC3, 0xA9, 0xC3, 0xA9, 0x41, 0xE9, 0x00, 0x80])))
    }

    @Test("Two halves of a character that meet become it")
    func halves() throws {
        var text = Text(bytes: [0xC3])
        text.append(Text(bytes: [0xA9]))
        #expect(text == "é")
    }
}
