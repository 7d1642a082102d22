import Testing

@testable import XanoScript

@Suite("Inputs and columns")
struct ColumnTests {
    @Test(
        "The question marks say what may be null and what may be missing",
        arguments: [
            ("text name", "text name"), ("text? name", "text null name"), ("text name?", "text name missing"),
            ("text? name?", "text null name missing"), ("uuid ?name?", "uuid null name missing"),
            ("text[] tags", "text[] tags"), ("int[1:10] n", "int[1:10] n"), ("file[]? f", "file[] null f"),
            ("email email", "email email"), ("text role?=\"user\"", "text role missing = \"user\""),
            ("timestamp t?=now", "timestamp t missing = now"), ("json j?={}", "json j missing = {}"),
            ("int n?=-5", "int n missing = -5"), ("bool b?=false", "bool b missing = false"),
            ("text t?=draft", "text t missing = 'draft"),
        ])
    func modifiers(source: String, shape: String) throws {
        let (columns, diagnostics) = Parser.inputs(source)
        #expect(diagnostics.map { $0.render() } == [])
        #expect(try #require(columns.first).shape == shape)
    }

    @Test(
        "Filters are read as they stand, up to the next space",
        arguments: [
            ("trim|lower|min:3", "trim() lower() min(3)"),
            ("ok:0123456789abcdef|max:6", "ok(\"0123456789abcdef\") max(6)"),
            ("ok:0123456789", "ok(\"0123456789\")"), ("min:0.01", "min(0.01)"), ("min:-5", "min(-5)"),
            ("prevent:foo:bar", "prevent(\"foo\" \"bar\")"), ("startsWith:SKU-", "startsWith(\"SKU-\")"),
            ("ok:\"a b|c\"|trim", "ok(\"a b|c\") trim()"),
            ("pattern:^\\+?[1-9]\\d{1,14}$", "pattern(\"^\\+?[1-9]\\d{1,14}$\")"),
            ("trim|pattern:^(a|b:c)[|]$|max:5", "trim() pattern(\"^(a|b:c)[|]$\") max(5)"),
            ("pattern:/^[a-z \"]+$/|trim", "pattern(\"/^[a-z \"]+$/\") trim()"),
            ("pattern:^[\"'`]+//x$", "pattern(\"^[\"'`]+//x$\")"), ("!trim|lower", "lower()"), ("@:dbo=36", ""),
        ])
    func filters(source: String, list: String) throws {
        let (columns, diagnostics) = Parser.inputs("text a filters=\(source) { description = \"x\" }\nint b")
        #expect(diagnostics.map { $0.render() } == [])
        let found = try #require(columns.first).filters.map { filter in
            "\(filter.name)(\(filter.arguments.map(\.notation).joined(separator: " ")))"
        }
        #expect(found.joined(separator: " ") == list)
        #expect(columns.map(\.name) == ["a", "b"])
    }

    @Test("Objects have children, enums have values, and everything else stays an attribute")
    func details() throws {
        let (columns, diagnostics) = Parser.inputs(
            """
            object address? {
              schema {
                text street filters=trim
                object[] parts { schema }
              }
              description = "where"
            }
            enum state?="new" {
              values = [
                "new"
                "done"
              ]
            }
            int user_id { table = "user" }
            dblink {
              table = "user"
              override = {email: {hidden: true}}
            }
            """)
        #expect(diagnostics.map { $0.render() } == [])
        #expect(columns[0].children.map(\.shape) == ["text street", "object[] parts"])
        #expect(columns[0].attributes.map(\.name) == ["description"])
        #expect(columns[1].values.map(\.notation) == ["\"new\"", "\"done\""])
        #expect(columns[2].attributes.map(\.name) == ["table"])
        #expect(columns[3].name.isEmpty)
        #expect(columns[3].attributes.map(\.name) == ["table", "override"])
    }

    @Test("Several columns may stand on one line, with comments between lines")
    func oneLine() {
        let (columns, diagnostics) = Parser.inputs("bool active  int count // how many\n// names\ntext name")
        #expect(diagnostics.isEmpty)
        #expect(columns.map(\.shape) == ["bool active", "int count", "text name"])
    }
}

extension Column {
    /// The column in words.
    var shape: String {
        var words = [type]
        if isArray {
            words[0] += "["
            if let minimumCount, let maximumCount { words[0] += "\(minimumCount):\(maximumCount)" }
            words[0] += "]"
        }
        if isNullable { words.append("null") }
        words.append(name)
        if isOptional { words.append("missing") }
        if let defaultValue { words.append("= \(defaultValue.notation)") }
        return words.joined(separator: " ")
    }
}
