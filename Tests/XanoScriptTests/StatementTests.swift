import Testing

@testable import XanoScript

@Suite("Statements")
struct StatementTests {
    @Test(
        "Each statement has a name, perhaps a subject, and perhaps a result",
        arguments: [
            ("var $x { value = 1 }", "var", "$x", nil),
            ("var $var.x { value = 1 }", "var", "$x", nil),
            ("var.update $x.a[$i] { value = 1 }", "var.update", "$x.a[$i]", nil),
            ("db.add \"user\" { data = {} } as $u", "db.add", "\"user\"", "u"),
            ("db.query user as $u", "db.query", "\"user\"", "u"),
            ("db.add 48 { data = {} } as $u", "db.add", "\"48\"", "u"),
            ("function.run a/b-c { input = {} } as $var.r", "function.run", "\"a/b-c\"", "r"),
            ("function.call \"f\" as $r", "function.call", "\"f\"", "r"),
            ("util.get_env as $result", "util.get_env", nil, "result"),
            ("foreach ($a|first) { each as $b }", "foreach", "(first $a)", nil),
            ("array.find ([]|push:1) if ($this == 1) as $x", "array.find", "(push [] 1)", "x"),
            ("array.find $list|reverse if ($this == 1) as $x", "array.find", "(reverse $list)", "x"),
            ("array.push $x.y { value = 1 }", "array.push", "$x.y", nil),
            ("await $request as $r", "await", "$request", "r"),
            ("expect.to_be_true ($response.a)", "expect.to_be_true", "@response.a", nil),
            ("foreach.remove", "foreach.remove", nil, nil),
            ("precondition ($a == 1)", "precondition", "(== $a 1)", nil),
            ("math.bitwise.xor $x { value = 1 }", "math.bitwise.xor", "$x", nil),
            ("return { value = $x }", "return", nil, nil),
            ("db.query user {\n} as $u", "db.query", "\"user\"", "u"),
            ("db.query user {\n}\nas $u", "db.query", "\"user\"", "u"),
        ] as [(String, String, String?, String?)])
    func shape(source: String, name: String, subject: String?, result: String?) throws {
        let (statements, diagnostics) = Parser.stack(source)
        #expect(diagnostics.map { $0.render() } == [])
        let statement = try #require(statements.first)
        #expect(statements.count == 1)
        #expect(statement.name == name)
        #expect(statement.subject?.notation == subject)
        #expect(statement.result == result)
    }

    @Test("Attributes stand in the braces or before them, on lines of their own or on one")
    func attributes() throws {
        let (statements, diagnostics) = Parser.stack(
            """
            api.call "a/{id}" verb=GET {
              api_group = "g"   // a comment
              input = {
                id: 1
                name: "x",
              }
            }
            db.get "u" { field_name = "id" field_value = $x.id output = ["a", "b"] } as $r
            array.filter $a if ($this > 2) as $b
            """)
        #expect(diagnostics.isEmpty)
        #expect(
            statements.map { $0.attributes.map(\.name) } == [
                ["verb", "api_group", "input"], ["field_name", "field_value", "output"], ["if"],
            ])
        #expect(statements[0][attribute: "verb"]?.value.notation == "'GET")
        #expect(statements[0][attribute: "input"]?.value.notation == "{\"id\": 1, \"name\": \"x\"}")
        #expect(statements[2][attribute: "if"]?.value.notation == "(> @this 2)")
    }

    @Test("A single = compares in a condition of a query, and nowhere else")
    func singleEquals() {
        let (statements, diagnostics) = Parser.stack("db.query u { where = $db.u.a = 1 && $db.u.b = 2 } as $u")
        #expect(diagnostics.isEmpty)
        #expect(statements.first?[attribute: "where"]?.value.notation == "(&& (== @db.u.a 1) (== @db.u.b 2))")
        #expect(!Parser.stack("var $x { value = $a = 1 }").diagnostics.isEmpty)
    }

    @Test("Blocks keep their subjects, variables, statements and breaks")
    func blocks() throws {
        let (statements, diagnostics) = Parser.stack(
            """
            conditional {
              description = "which"
              if ($a == 1) { break }
              elseif ($a == 2)
              else {
                continue
              }
            }
            switch ($a) {
              case (12) break
              case ("x") {
                remove
              } break
              default { }
            }
            foreach ($list) {
              each as $item {
                while (true) { each { break } }
              }
            }
            try_catch {
              try { debug.log { value = 1 } }
              catch { throw { name = "a" value = "b" } }
              finally { }
            }
            db.get "u" {
              field_name = "id"
              mock "a test" { value = {id: 1} }
            } as $u
            group { stack }
            """)
        #expect(diagnostics.map { $0.render() } == [])
        let names = statements.map { $0.blocks.map(\.name) }
        #expect(
            names == [
                ["if", "elseif", "else"], ["case", "case", "default"], ["each"], ["try", "catch", "finally"], ["mock"],
                ["stack"],
            ])
        #expect(statements[0].blocks.map { $0.subject?.notation } == ["(== $a 1)", "(== $a 2)", nil])
        #expect(statements[0][block: "if"]?.statements.map(\.name) == ["break"])
        #expect(statements[1].blocks.map(\.endsWithBreak) == [true, true, false])
        #expect(statements[2].blocks[0].variable == "item")
        #expect(statements[2].blocks[0].statements[0].blocks[0].statements[0].name == "break")
        #expect(statements[4][block: "mock"]?.subject?.notation == "\"a test\"")
        #expect(statements[4][block: "mock"]?[attribute: "value"]?.value.notation == "{\"id\": 1}")
    }

    @Test("A statement is switched off by a mark before it or by an attribute, and still has to parse")
    func disabled() {
        let (statements, diagnostics) = Parser.stack(
            """
            !db.add "u" { data = {} }
            debug.log { value = 1 disabled = true }
            debug.log { value = 1 disabled = false }
            """)
        #expect(diagnostics.isEmpty)
        #expect(statements.map(\.isDisabled) == [true, true, false])
        #expect(!Parser.stack("!db.add \"u\" { data = { }").diagnostics.isEmpty)
    }

    @Test("The older form of a variable without its dollar sign is read, with a warning")
    func olderForm() {
        let (statements, diagnostics) = Parser.stack("var x { value = 1 }\ndb.query u { } as rows")
        #expect(diagnostics.map(\.severity) == [.warning, .warning])
        #expect(statements[0].subject?.notation == "$x")
        #expect(statements[1].result == "rows")
    }

    @Test("Every statement of the catalogue is one that the parser knows; a slip of the pen is told")
    func names() {
        #expect(StatementNames.contains("db.bulk.update"))
        #expect(StatementNames.contains("ai.external.mcp.tool.run"))
        #expect(!StatementNames.contains("db"))
        #expect(StatementNames.remedy(for: "db.quer") == "did you mean `db.query`?")
        #expect(StatementNames.remedy(for: "db.update") == "did you mean `db.edit` or `db.patch`?")
        #expect(StatementNames.remedy(for: "something.else.entirely") == nil)
    }
}

extension Statement.Subject {
    var notation: String {
        switch self {
        case .name(let name, _): "\"\(name)\""
        case .target(let value), .parenthesised(let value): value.notation
        }
    }
}
