import Testing
import Values
import XanoScript

@testable import FunctionStack

@Suite("A query and its request")
struct RequestTests {
    /// Runs the first query of a program.
    static func run(
        _ sources: String..., request: StackRequest = .make(), environment: Object = [:],
        log: @escaping (LogEntry) -> Void = { _ in }
    ) throws -> Outcome {
        let program = try Program.parsed(sources)
        for diagnostic in program.diagnostics where diagnostic.severity == .error {
            Issue.record("\(diagnostic.render())")
        }
        guard case .ready(let query) = program.query(at: 0) else {
            throw StackError.mistake("The query is not ready")
        }
        return try program.run(query, request: request, effects: .forTests(environment: environment, log: log))
    }

    @Test("The request's own body as a stream", arguments: [
        ("format = \"jsonl\"", "{\"a\": 1}\r\n\n[2]\n", "[{\"a\":1},[2]]"),
        ("format = \"csv\"", "a,b\n1,2\n", "[{\"a\":\"1\",\"b\":\"2\"}]"),
        ("format = \"csv\"\n headers = false\n separator = \";\"", "a;b\n1;2\n", "[[\"a\",\"b\"],[\"1\",\"2\"]]"),
        ("format = \"raw\"\n chunk_size = 3", "abcdefgh", "[\"abc\",\"def\",\"gh\"]"), ("format = \"raw\"", "", "[]"),
    ])
    func stream(attributes: String, body: String, expected: String) throws {
        let outcome = try Self.run(
            "query \"q\" verb=POST {\n stack { stream.from_request {\n \(attributes)\n } as $s }\n response = $s\n}",
            request: .make(body: body, contentType: "application/octet-stream"))
        guard case .json(let value) = outcome.body else { throw StackError.mistake("no JSON") }
        #expect(JSON.text(value).string == expected)
    }

    @Test("A stream of the request's own body needs no worker, one of another server's answer does")
    func streamFacts() throws {
        for (attribute, needsWorker) in [("format = \"jsonl\"", false), ("url = \"https://a.example/\"", true)] {
            let program = try Program.parsed([
                "query \"q\" verb=POST {\n stack { stream.from_request { \(attribute) } as $s }\n response = $s\n}"
            ])
            guard case .ready(let query) = program.query(at: 0) else { throw StackError.mistake("not ready") }
            #expect(query.facts.needsWorker == needsWorker)
        }
    }

    @Test("Inputs come from the path, then the query string, then the body")
    func precedence() throws {
        let outcome = try Self.run(
            """
            query "a/{id}" verb=POST {
              input {
                int id
                text from
                text only
              }
              stack { }
              response = $input
            }
            """,
            request: .make(
                body: #"{"id": 3, "from": "body", "only": "body"}"#, contentType: "application/json",
                queryString: "id=2&from=query", pathParameters: [("id", "1")]))
        #expect(outcome.json == #"{"id":1,"from":"query","only":"body"}"#)
    }

    @Test(
        "Where the body is proved and the query string is not, nothing that the body names comes from there",
        arguments: [
            ("application/json", #"{"id": 3, "from": "body"}"#, #"{"id":3,"from":"body","only":"query"}"#),
            ("application/json", #"{"id": 3, "from": null}"#, #"{"id":3,"from":null,"only":"query"}"#),
            ("application/json", #"{"id": 3, "fr\u006fm": "body"}"#, #"{"id":3,"from":"body","only":"query"}"#),
            ("application/x-www-form-urlencoded", "id=3&from=body", #"{"id":3,"from":"body","only":"query"}"#),
            // What the request says of its body is not proved either.
            ("text/plain", #"{"id": 3, "from": "body"}"#, #"{"id":null,"from":null,"only":"query"}"#),
            ("application/x-www-form-urlencoded", #" {"id": 3, "from": "body"}"#, #"{"id":3,"from":"body","only":"query"}"#),
            (
                "application/x-www-form-urlencoded", #"{"id": 3, "title": "x&from=forged&id=4&y"}"#,
                #"{"id":3,"from":"query","only":"query"}"#
            ),
            ("application/x-www-form-urlencoded", "{=1&id=3&from=body", #"{"id":3,"from":"body","only":"query"}"#),
            ("text/plain", "id=3&fr%6fm=body", #"{"id":null,"from":null,"only":"query"}"#),
            (
                "text/plain", "--x\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n3\r\n--x\r\n"
                    + "Content-Disposition: form-data; name=\"from\"\r\n\r\nbody\r\n--x--\r\n",
                #"{"id":null,"from":null,"only":"query"}"#
            ),
            ("application/json", "[1]", #"{"id":2,"from":"query","only":"query"}"#),
            ("application/json", "", #"{"id":2,"from":"query","only":"query"}"#),
        ])
    func provedBody(contentType: String, body: String, expected: String) throws {
        let source = """
            query "a" verb=POST {
              input {
                int id?
                text from?
                text only?
              }
              stack { util.get_all_input as $all }
              response = VALUE
            }
            """
        var request = StackRequest.make(body: body, contentType: contentType, queryString: "id=2&from=query&only=query")
        request.bodyComesFirst = true
        let inputs = source.replacing("VALUE", with: "$input")
        #expect(try Self.run(inputs, request: request).json == expected)
        let all = try Self.run(source.replacing("VALUE", with: "$all|get:\"from\""), request: request)
        #expect((all.json == #""query""#) == expected.contains(#""from":"query""#))
    }

    @Test(
        "A body is read by its content type",
        arguments: [
            ("application/json", #"{"name": "Ann", "tags": ["a", "b"]}"#),
            ("application/json; charset=utf-8", #"{"name": "Ann", "tags": ["a", "b"]}"#),
            ("application/vnd.api+json", #"{"name": "Ann", "tags": ["a", "b"]}"#),
            ("application/x-www-form-urlencoded", "name=Ann&tags[]=a&tags[]=b"),
            (
                "multipart/form-data; boundary=x",
                "--x\r\nContent-Disposition: form-data; name=\"name\"\r\n\r\nAnn\r\n--x\r\n"
                    + "Content-Disposition: form-data; name=\"tags\"\r\n\r\n[\"a\", \"b\"]\r\n--x--\r\n"
            ),
        ])
    func bodies(contentType: String, body: String) throws {
        let outcome = try Self.run(
            """
            query "a" verb=POST {
              input {
                text name
                text[] tags
              }
              stack { }
              response = $input
            }
            """, request: .make(body: body, contentType: contentType))
        #expect(outcome.json == #"{"name":"Ann","tags":["a","b"]}"#)
    }

    @Test("A body that can't be read is an input error")
    func malformedBody() throws {
        let outcome = try Self.run(
            #"query "a" verb=POST { input { text name } stack { } response = 1 }"#,
            request: .make(body: #"{"name": "#, contentType: "application/json"))
        #expect(outcome.status == 400)
        #expect(outcome.error?.kind == .inputError)
        #expect(!outcome.keepsWrites)
    }

    @Test("A body that can't be read is no matter of a query without inputs")
    func ignoredBody() throws {
        let outcome = try Self.run(
            #"query "a" verb=POST { stack { util.get_raw_input { encoding = "" } as $raw } response = $raw|strlen }"#,
            request: .make(body: #"{"name": "#, contentType: "application/json"))
        #expect(outcome.json == "9")
    }

    @Test("The raw body is exact, whatever bytes it holds")
    func rawBytes() throws {
        var request = StackRequest.make()
        request.body = [0xff, 0x00, 0x41]
        let outcome = try Self.run(
            #"""
            query "a" verb=POST {
              stack { util.get_raw_input { encoding = "none" } as $raw }
              response = $raw|bin2hex
            }
            """#, request: request)
        #expect(outcome.json == #""ff0041""#)
    }

    @Test(
        "The raw body in an encoding",
        arguments: [("json", #"[1, {"a": null}]"#, #"[1,{"a":null}]"#), ("x-www-form-urlencoded", "a=1&b=x%20y", #"{"a":"1","b":"x y"}"#),
            ("xml", "<a><b>1</b></a>", ##"{"a":{"@attributes":[],"value":[{"b":{"@attributes":[],"value":"1"}}]}}"##),
            ("csv", "a,b\n1,\"x,y\"\n", #"[{"a":"1","b":"x,y"}]"#), ("yaml", "a:\n  - 1\n  - x\n", #"{"a":[1,"x"]}"#),
            ("text", "a=b", #""a=b""#),
        ])
    func rawEncodings(encoding: String, body: String, expected: String) throws {
        let outcome = try Self.run(
            """
            query "a" verb=POST {
              stack { util.get_raw_input { encoding = "\(encoding)" } as $raw }
              response = $raw
            }
            """, request: .make(body: body))
        #expect(outcome.json == expected)
    }

    @Test("A body that is not of the encoding is an input error", arguments: [
        ("json", "a=b", "The body is not JSON"), ("xml", "<a>", "The body is not XML"), ("csv", "\"a\"b", "The body is not CSV"),
        ("yaml", "a: [", "The body is not YAML"), ("multipart/form-data", "a=b", "The body is not multipart/form-data"),
    ])
    func rawEncodingError(encoding: String, body: String, message: String) throws {
        let outcome = try Self.run(
            "query \"a\" verb=POST { stack { util.get_raw_input { encoding = \"\(encoding)\" } as $raw } response = $raw }",
            request: .make(body: body))
        #expect(outcome.status == 400)
        #expect(outcome.error?.code == "ERROR_CODE_INPUT_ERROR")
        #expect(outcome.error?.message.string.hasPrefix(message) == true, "\(outcome.json)")
    }

    @Test("api.stream answers with the content type of its format, and a file's name", arguments: [
        ("jsonl", "application/x-ndjson", "{\"a\":1}\n"), ("csv", "text/csv; charset=utf-8", "a\r\n1\r\n"),
    ])
    func stream(format: String, contentType: String, body: String) throws {
        let outcome = try Self.run(
            """
            query "a" verb=GET {
              stack {
                api.stream {
                  format = "\(format)"
                  value = [{a: 1}]
                  filename = "a \\"b\\".txt"
                }
              }
            }
            """)
        #expect(outcome.headers.map { "\($0.name): \($0.value)" } == [
            "Content-Disposition: attachment; filename=\"a b.txt\"", "Content-Type: \(contentType)",
        ])
        guard case .raw(let text) = outcome.body else { throw StackError.mistake("not raw") }
        #expect(text.string == body)
    }

    @Test("util.get_all_input gives what was sent, declared or not")
    func allInput() throws {
        let outcome = try Self.run(
            """
            query "a" verb=POST {
              input { text x? }
              stack { util.get_all_input as $all }
              response = $all
            }
            """, request: .make(body: #"{"y": 2}"#, contentType: "application/json", queryString: "x=1"))
        #expect(outcome.json == #"{"y":2,"x":"1"}"#)
    }

    @Test("Request headers are found in any letter case")
    func headers() throws {
        let outcome = try Self.run(
            #"""
            query "a" verb=POST {
              stack { }
              response = [$env.$http_headers.X-Token, $env.$http_headers["x-token"], $env.$http_headers|get:"X-TOKEN", $env.$http_headers|get:"none":"-", $env.$request_auth_token]
            }
            """#, request: .make(headers: [("X-Token", "a"), ("Authorization", "Bearer t0k")]))
        #expect(outcome.json == #"["a","a","a","-","t0k"]"#)
    }

    @Test("The environment and the request's own variables")
    func environment() throws {
        let outcome = try Self.run(
            #"""
            query "a" verb=POST {
              stack { }
              response = [$env.KEY, $env.$remote_ip, $env.$request_method, $env.$request_uri, $env.$request_querystring]
            }
            """#, request: .make(queryString: "x=1"), environment: ["KEY": "value"])
        #expect(outcome.json == #"["value","192.0.2.7","POST","/api:a/x?x=1","x=1"]"#)
    }

    @Test("Headers that a stack sets are answered; replace and add")
    func responseHeaders() throws {
        let outcome = try Self.run(
            #"""
            query "a" verb=POST {
              stack {
                util.set_header { value = "X-A: 1" duplicates = "replace" }
                util.set_header { value = "x-a: 2" duplicates = "replace" }
                util.set_header { value = "Set-Cookie: a=1" duplicates = "add" }
                util.set_header { value = "Set-Cookie: b=2" duplicates = "add" }
                util.set_header { value = "HTTP/1.1 201 Created" duplicates = "replace" }
              }
              response = {ok: true}
            }
            """#)
        #expect(outcome.status == 201)
        #expect(outcome.headers.map { "\($0.name): \($0.value)" } == ["x-a: 2", "Set-Cookie: a=1", "Set-Cookie: b=2"])
    }

    @Test("Text under another content type than JSON is answered as it is")
    func rawText() throws {
        let outcome = try Self.run(
            #"""
            query "a" verb=POST {
              stack { util.set_header { value = "Content-Type: text/html; charset=utf-8" duplicates = "replace" } }
              response = "<p>hi</p>"
            }
            """#)
        guard case .raw(let text) = outcome.body else {
            Issue.record("It was answered as JSON")
            return
        }
        #expect(text == "<p>hi</p>")
    }

    @Test("A local Location needs a redirecting status", arguments: [(false, 500), (true, 302)])
    func location(redirects: Bool, status: Int) throws {
        let line = redirects ? #"util.set_header { value = "HTTP/1.1 302 Found" duplicates = "replace" }"# : ""
        let outcome = try Self.run(
            """
            query "a" verb=POST {
              stack {
                util.set_header { value = "Location: /elsewhere" duplicates = "replace" }
                \(line)
              }
              response = null
            }
            """)
        #expect(outcome.status == status)
    }

    @Test(
        "An error answers its status and code; nothing of a run that failed is kept",
        arguments: [
            ("inputerror", 400, "ERROR_CODE_INPUT_ERROR"), ("badrequest", 400, "ERROR_CODE_BAD_REQUEST"),
            ("unauthorized", 401, "ERROR_CODE_UNAUTHORIZED"), ("accessdenied", 403, "ERROR_CODE_ACCESS_DENIED"),
            ("notfound", 404, "ERROR_CODE_NOT_FOUND"), ("toomanyrequests", 429, "ERROR_CODE_TOO_MANY_REQUESTS"),
            ("standard", 500, "ERROR_FATAL"),
        ])
    func errors(type: String, status: Int, code: String) throws {
        let outcome = try Self.run(
            """
            query "a" verb=POST {
              stack {
                precondition (false) {
                  error_type = "\(type)"
                  error = "Sorry"
                  payload = {a: 1}
                }
              }
              response = 1
            }
            """)
        #expect(outcome.status == status)
        #expect(outcome.json == #"{"code":"\#(code)","message":"Sorry","payload":{"a":1}}"#)
        #expect(!outcome.keepsWrites)
    }

    @Test("The place of an error is known to the log, not to the sender")
    func errorPlace() throws {
        var entries: [LogEntry] = []
        let outcome = try Self.run(
            """
            query "a" verb=POST {
              stack {
                throw { name = "x" value = "Sorry" }
              }
              response = 1
            }
            """, log: { entries.append($0) })
        #expect(outcome.error?.location == "0.xs:3:5")
        #expect(outcome.json == #"{"code":"ERROR_FATAL","message":"Sorry","payload":""}"#)
        #expect(entries.map(\.location) == ["0.xs:3:5"])
    }

    @Test("debug.log tells the log")
    func debugLog() throws {
        var entries: [LogEntry] = []
        _ = try Self.run(
            #"query "a" verb=POST { stack { debug.log { value = {a: 1} } } response = 1 }"#,
            log: { entries.append($0) })
        #expect(entries.map(\.value) == [["a": 1]])
    }

    @Test("A file of a multipart body")
    func file() throws {
        let body =
            "--x\r\nContent-Disposition: form-data; name=\"doc\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n"
            + "hello\r\n--x--\r\n"
        let outcome = try Self.run(
            """
            query "a" verb=POST {
              input { file doc }
              stack { }
              response = [$input.doc.name, $input.doc.size, $input.doc.mime]
            }
            """, request: .make(body: body, contentType: "multipart/form-data; boundary=x"))
        #expect(outcome.json == #"["a.txt",5,"text/plain"]"#)
    }
}

extension StackRequest {
    static func make(
        body: String = "", contentType: String? = nil, queryString: String = "",
        headers: [(name: String, value: String)] = [], pathParameters: [(name: String, value: Text)] = []
    ) -> StackRequest {
        StackRequest(
            method: "POST", uri: "/api:a/x" + (queryString.isEmpty ? "" : "?" + queryString), queryString: queryString,
            remoteAddress: "192.0.2.7", headers: headers, contentType: contentType, body: Array(body.utf8),
            pathParameters: pathParameters, receivedAt: 1_709_209_845_678)
    }
}

extension Outcome {
    /// The body, if it is JSON.
    var json: String? {
        guard case .json(let value) = body else { return nil }
        return JSON.text(value).string
    }
}
