import Testing
import Values

@testable import FunctionStack

@Suite("Regular expressions")
struct RegularExpressionTests {
    @Test(
        "The examples of the documentation",
        arguments: [
            (FilterCall("regex_matches", "/^a.*c$/", "abbbbc"), "true"),
            (FilterCall("regex_test", "/^a.*c$/", "abbbb"), "false"),
            (
                FilterCall("regex_get_first_match", #"/(\w+)@(\w+).(\w+)/"#, "test@example.com"),
                #"["test@example.com","test","example","com"]"#
            ),
            (FilterCall("regex_get_all_matches", #"/\b\w+@\w+.\w+\b/"#, "test@example.com"), #"[["test@example.com"]]"#),
            (FilterCall("regex_get_all_matches", #"/\w+/"#, "a b c"), #"[["a","b","c"]]"#),
            (FilterCall("regex_quote", "Hello. How are you?", "/"), #""Hello\\. How are you\\?""#),
            (FilterCall("regex_quote", "^test$"), #""\\^test\\$""#),
            (FilterCall("regex_replace", #"/\s+/"#, "-", "Hello   World"), #""Hello-World""#),
        ])
    func documentation(call: FilterCall, expected: String) throws {
        #expect(JSON.text(try call.result()) == Text(expected))
    }

    @Test(
        "Matches are as PHP gives them",
        arguments: [
            (FilterCall("regex_get_first_match", "/x/", "abc"), "[]"),
            (FilterCall("regex_get_all_matches", "/x(y)/", "abc"), "[]"),
            (FilterCall("regex_get_first_match", "/(a)(x)?(b)(y)?/", "ab"), #"["ab","a","","b"]"#),
            (FilterCall("regex_get_all_matches", "/(a)(x)?/", "axa"), #"[["ax","a"],["a","a"],["x",""]]"#),
            (
                FilterCall("regex_get_first_match", #"/(?<year>\d+)-(\d+)/"#, "2024-05"),
                #"{"0":"2024-05","year":"2024","1":"2024","2":"05"}"#
            ),
            (FilterCall("regex_get_all_matches", "/a*/", "baa"), #"[["","aa",""]]"#),
            (FilterCall("regex_get_all_matches", "/(?=a)/u", "\u{e9}a\u{e9}a"), #"[["",""]]"#),
            (FilterCall("regex_get_all_matches", "/./u", "\u{e9}\u{1f600}"), "[[\"\u{e9}\",\"\u{1f600}\"]]"),
            (FilterCall("regex_matches", "/b/", 123_456), "false"), (FilterCall("regex_matches", "/5/", 123_456), "true"),
            (FilterCall("regex_matches", "/^$/", nil), "true"),
        ])
    func results(call: FilterCall, expected: String) throws {
        #expect(JSON.text(try call.result()) == Text(expected))
    }

    @Test("Without the flag u, a match is of bytes")
    func bytes() throws {
        let result = try FilterCall("regex_replace", "/(.)A/", "$1", .text(Text(bytes: [0xff, 0x41]))).result()
        #expect(result == .text(Text(bytes: [0xff])))
    }

    @Test(
        "Flags and delimiters",
        arguments: [
            ("/HELLO/i", "hello", true), ("/HELLO/", "hello", false), ("/^b$/m", "a\nb\nc", true), ("/^b$/", "a\nb\nc", false),
            ("/a.b/s", "a\nb", true), ("/a.b/", "a\nb", false), ("/a b # c/x", "ab", true), ("/b/A", "ab", false),
            ("/a$/D", "a\n", false), ("/a$/", "a\n", true), ("/^.$/u", "\u{e9}", true), ("/^.$/", "\u{e9}", false),
            ("#a/b#", "a/b", true), ("{a{2}}", "aa", true), ("(a(b))", "ab", true), ("~a~i", "A", true),
            (#"/a\/b/"#, "a/b", true), ("  /a/", "a", true), ("/\u{c9}/iu", "\u{e9}", true), (#"/^\w$/u"#, "\u{e9}", true),
            (#"/^\w/"#, "\u{e9}", false), ("/a/g", "a", true), ("//", "anything", true),
        ] as [(Value, Value, Bool)])
    func flags(pattern: Value, subject: Value, expected: Bool) throws {
        #expect(try FilterCall("regex_matches", pattern, subject).result() == .boolean(expected))
    }

    @Test(
        "A malformed pattern says what is wrong",
        arguments: [
            ("hello", "delimiters"), ("", "delimiters"), ("/abc", "closing delimiter /"), ("(abc", "closing delimiter )"),
            ("/(abc/", "byte 4"), ("/a/q", "unknown flag q"), ("/a{2,1}/", "byte"), ("/[z-a]/", "byte"),
            (#"/\C/"#, "byte"), ("/\u{e9}/\u{e9}", "unknown flag"),
        ] as [(Value, String)])
    func malformed(pattern: Value, part: String) {
        let message = FilterCall("regex_matches", pattern, "abc").failure()
        #expect(message?.contains(part) == true, "\(message ?? "no error")")
    }

    @Test("A pattern that is no text names the way to write it")
    func order() {
        #expect(FilterCall("regex_matches", 1, "a").failure()?.contains(#"write "/pattern/"|regex_matches"#) == true)
    }

    @Test("With the flag u, a text that is not UTF-8 is an error")
    func invalidText() {
        let bytes = Value.text(Text(bytes: [0xff]))
        #expect(FilterCall("regex_matches", "/./u", bytes).failure()?.contains("UTF-8") == true)
        #expect(FilterCall("regex_matches", "/./", bytes).failure() == nil)
    }

    @Test(
        "Replacements stand for groups",
        arguments: [
            (#"/(\w+) (\w+)/"#, "$2 $1", "hello world", "world hello"), (#"/(\w+) (\w+)/"#, #"\2 \1"#, "hello world", "world hello"),
            ("/(a)/", "${1}1", "abc", "a1bc"), ("/a/", "$0$0", "aXa", "aaXaa"), ("/a/", "$", "a", "$"),
            ("/a/", "$x", "a", "$x"), ("/a/", #"\\1"#, "a", #"\1"#), ("/(a)|(b)/", "[$1|$2]", "ab", "[a|][|b]"),
            ("/x*/", "-", "abc", "-a-b-c-"), ("/a/", "$9", "a", ""), ("/x/", "y", "abc", "abc"), ("/b/", "", "abc", "ac"),
            ("/$/", "!", "a", "a!"), ("/^/m", "> ", "a\nb", "> a\n> b"),
        ] as [(Value, Value, Value, Value)])
    func replacements(pattern: Value, replacement: Value, subject: Value, expected: Value) throws {
        #expect(try FilterCall("regex_replace", pattern, replacement, subject).result() == expected)
    }

    @Test(
        "A pattern that explodes ends at once with a clear error",
        arguments: [
            ("/^(a+)+$/", "a", 60, "b"), ("/(x+x+)+y/", "x", 60, ".y"), (#"/^(.*?,){20}P/"#, "1,", 400, "\nP"),
            (#"/\s+x$/"#, " ", 300_000, ".x"), (#"/^(\w+\s?)*$/"#, "word ", 40, "!"), ("/^(?:a?){60}a{60}b/", "a", 60, ".b"),
        ] as [(Value, String, Int, String)])
    func explosion(pattern: Value, unit: String, count: Int, tail: String) {
        let subject = String(repeating: unit, count: count) + tail
        let message = FilterCall("regex_matches", pattern, .text(subject)).failure()
        #expect(message?.contains("too many steps") == true)
    }

    @Test("The steps of matching count in the run's budget")
    func budget() throws {
        let subject = Value.text(String(repeating: "ab", count: 50_000))
        let budget = Budget(maximumSteps: 1_000)
        #expect(throws: StackError.self) {
            try FilterCall("regex_get_all_matches", "/[ab]/", subject).result(budget: budget)
        }
    }

    @Test("Compiled expressions are kept, in a bounded number")
    func cache() throws {
        let cache = RegularExpressionCache(capacity: 10)
        let first = try cache.expression("/0/")
        #expect(try cache.expression("/0/") === first)
        for number in 0..<1_000 { _ = try cache.expression(Text("/\(number)/")) }
        #expect(cache.count <= 20)
    }
}
