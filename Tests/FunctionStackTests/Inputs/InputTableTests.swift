import Foundation
import Testing
import Values
import XanoScript

@testable import FunctionStack

/// One row of Fixtures/Inputs/inputs.txt.
struct InputRow: Sendable, CustomTestStringConvertible {
    var declaration: String
    var given: String
    var expected: String

    var testDescription: String { "\(declaration) ← \(given)" }

    static let all: [InputRow] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let url = folder.appendingPathComponent("Fixtures/Inputs/inputs.txt")
        guard let text = try? String(contentsOf: url, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
            let parts = line.components(separatedBy: " :: ")
            return InputRow(declaration: parts[0], given: parts[1], expected: parts[2])
        }
    }()
}

@Suite("Inputs")
struct InputTableTests {
    @Test("Each type and filter gives its value or its message", arguments: InputRow.all)
    func table(_ row: InputRow) throws {
        let program = try Program.parsed(["function \"f\" {\n input { \(row.declaration) }\n stack { }\n response = $input.x\n}"])
        for diagnostic in program.diagnostics where diagnostic.severity == .error {
            Issue.record("\(diagnostic.render())")
        }
        let input: Object = row.given == "-" ? [:] : ["x": try JSON.parse(Text(row.given))]
        do {
            let value = try program.runFunction("f", input: input, effects: .forTests())
            #expect(JSON.text(value).string == row.expected)
        } catch let error as StackError {
            #expect("! \(error.message)" == row.expected)
            #expect(error.kind == .inputError)
            guard case .object(let payload) = error.payload else { throw error }
            #expect(payload["param"]?.text.hasPrefix("x") == true)
        }
    }

    /// What a query with this input gives for a request.
    private static func answer(_ declaration: String, _ request: StackRequest, _ response: String = "$input.x") throws -> String {
        let outcome = try RequestTests.run(
            "query \"q\" verb=POST {\n input {\n\(declaration)\n}\n stack { }\n response = \(response)\n}", request: request)
        return try #require(outcome.json)
    }

    @Test("In a form everything is text, and an empty field is one that was not filled in", arguments: [
        ("int x?", "x=", "null"), ("int? x", "x=", "null"), ("email? x", "x=", "null"), ("text x?", "x=", #""""#),
        ("int[] x", "x[]=1&x[]=2", "[1,2]"), ("int[] x", "x=[3]", "[3]"), ("int[] x", "x=7", "[7]"),
        ("json x", #"x={"a":1}"#, #"{"a":1}"#), ("json x", "x=plain", #""plain""#), ("bool x", "x=on", "true"),
        ("object x { schema { int a } }", "x[a]=5", #"{"a":5}"#), ("object x { schema { int a } }", #"x={"a":5}"#, #"{"a":5}"#),
    ])
    func form(declaration: String, body: String, expected: String) throws {
        let request = StackRequest.make(body: body, contentType: "application/x-www-form-urlencoded")
        #expect(try Self.answer(declaration, request) == expected)
        #expect(try Self.answer(declaration, .make(queryString: body)) == expected)
    }

    private static let upload = """
        --x\r\nContent-Disposition: form-data; name="x"; filename="C:\\\\dir\\\\a.png"\r\nContent-Type: image/png\r\n\r\nPNG\u{1}\r\n--x--\r\n
        """

    @Test("An uploaded file has its name, kind, size and bytes", arguments: [
        ("file x", "[$input.x.name, $input.x.type, $input.x.size, $input.x.mime, ($input.x.data|bin2hex)]",
         #"["a.png","image",4,"image/png","504e4701"]"#),
        ("file x filters=max_size:3", "1", #"{"code":"ERROR_CODE_INPUT_ERROR","message":"The file is larger than 3 bytes","payload":{"param":"x"}}"#),
        ("file x filters=max_size:4", "1", "1"),
        ("text x", "1", #"{"code":"ERROR_CODE_INPUT_ERROR","message":"Text filter requires a scalar value","payload":{"param":"x"}}"#),
    ])
    func file(declaration: String, response: String, expected: String) throws {
        let request = StackRequest.make(body: Self.upload, contentType: "multipart/form-data; boundary=x")
        #expect(try Self.answer(declaration, request, response) == expected)
    }

    @Test("Several files of one name with brackets are a list")
    func files() throws {
        let part = { (name: String) in
            "--x\r\nContent-Disposition: form-data; name=\"x[]\"; filename=\"\(name)\"\r\n\r\n\(name)\r\n"
        }
        let request = StackRequest.make(
            body: part("a") + part("b") + "--x--\r\n", contentType: "multipart/form-data; boundary=x")
        #expect(try Self.answer("file[] x", request, "$input.x|map:$$.data") == #"["a","b"]"#)
    }

    @Test("The contents of an uploaded file are read in the stack")
    func contents() throws {
        let outcome = try RequestTests.run(
            """
            query "q" verb=POST {
              input { file? x }
              stack { storage.read_file_resource { value = $input.x } as $content }
              response = $content|strlen
            }
            """, request: .make(body: Self.upload, contentType: "multipart/form-data; boundary=x"))
        #expect(outcome.json == "4")
    }

    @Test("dblink gives an optional input for each column of its table that is not hidden")
    func link() throws {
        let table = """
            table "user" {
              auth = false
              schema {
                int id
                text name filters=trim
                email email
                int age?=3
              }
              index = []
            }
            """
        let program = try Program.parsed([
            """
            function "f" {
              input {
                dblink {
                  table = "user"
                  override = {email: {hidden: true}}
                }
                int more
              }
              stack { }
              response = $input
            }
            """, table,
        ])
        let value = try program.runFunction("f", input: ["name": " Ann ", "email": "x", "more": 1], effects: .forTests())
        #expect(JSON.text(value).string == #"{"name":"Ann","age":null,"more":1}"#)
    }
}
