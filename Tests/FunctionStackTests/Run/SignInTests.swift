import Testing
import Values
import XanoScript

@testable import FunctionStack

@Suite("Signed-in users")
struct SignInTests {
    private static let users = "table \"user\" {\n auth = true\n schema {\n int id\n password password?\n text name?\n }\n}"
    private static let me = """
        query "me" verb=GET {
          auth = "user"
          stack { }
          response = [$auth.id, $auth.role, $auth.extras.role, $auth]
          test "as ann" {
            auth = {id: 1, extras: {role: "admin"}}
            expect.to_equal ($response[1]) { value = "admin" }
          }
          test "as nobody" {
            expect.to_be_null ($response[0])
          }
        }
        """
    private static let key = [UInt8](0..<32)
    private static let now: Int64 = 1_709_209_845_678
    private static let ann = Identity(table: "user", id: 7, extras: ["role": "admin"])

    private static func outcome(_ identity: Identity?) throws -> Outcome {
        let program = try Program.parsed([users, me])
        guard case .ready(let query) = program.query(at: 0) else { throw StackError.mistake("not ready") }
        #expect(query.authentication == "user")
        let request = StackRequest(method: "GET", uri: "/", receivedAt: now, identity: identity)
        return try program.run(query, request: request, effects: .forTests())
    }

    @Test("A query with auth does not run for nobody, nor for a user of another table")
    func refused() throws {
        for identity in [nil, Identity(table: "staff", id: 7)] {
            let outcome = try Self.outcome(identity)
            #expect(outcome.status == 401)
            #expect(outcome.error?.code == "ERROR_CODE_UNAUTHORIZED")
            #expect(outcome.error?.message == "Authentication Required.")
        }
    }

    @Test("$auth has the id and the extras")
    func identity() throws {
        guard case .json(let value) = try Self.outcome(Self.ann).body else { return }
        #expect(JSON.text(value).string == #"[7,"admin","admin",{"id":7,"extras":{"role":"admin"},"role":"admin"}]"#)
    }

    @Test("An extra is never taken for the id")
    func extras() {
        #expect(Identity(table: "user", id: 7, extras: ["id": 8]).value["id"] == 7)
    }

    @Test("In a unit test who is signed in is said by its auth")
    func unitTests() throws {
        let program = try Program.parsed([Self.users, Self.me])
        for test in program.unitTests { #expect(try program.run(test, effects: .forTests()).failures.map(\.message) == []) }
        #expect(program.unitTests.count == 2)
    }

    private static func token(_ identity: Identity = ann, seconds: Int64 = 60) throws -> String {
        try AuthToken.make(identity, seconds: seconds, now: now, key: key).string
    }

    @Test("A token tells who brings it, in the header as RFC 6750 has it")
    func token() throws {
        for header in ["Bearer \(try Self.token())", "bearer  \(try Self.token())"] {
            let identity = try AuthToken.identity(authorization: [header], table: "user", key: Self.key, now: Self.now)
            #expect(identity == Self.ann)
        }
    }

    @Test("A token of another table, another key, another time, another form, or none at all, lets nobody in")
    func noToken() throws {
        let token = try Self.token()
        func refusal(_ authorization: [String], table: String = "user", key: [UInt8]? = Self.key, now: Int64 = Self.now) -> String {
            do throws(StackError) {
                _ = try AuthToken.identity(authorization: authorization, table: table, key: key, now: now)
                return "none"
            } catch {
                #expect(error.kind == .unauthorized)
                return error.message.string
            }
        }
        #expect(refusal([]) == "Authentication Required.")
        #expect(refusal([""]) == "Authentication Required.")
        for header in [token, "Basic \(token)", "Bearer", "Bearer \(token) x", "Bearer x.y.z", "Bearer \(token)."] {
            #expect(refusal([header]) == "Invalid token.")
        }
        #expect(refusal(["Bearer \(token)", "Bearer \(token)"]) == "Invalid token.")
        #expect(refusal(["Bearer \(token)"], table: "staff") == "Invalid token.")
        #expect(refusal(["Bearer \(token)"], key: Array(1...32)) == "Invalid token.")
        #expect(refusal(["Bearer \(token)"], key: nil) == "Invalid token.")
        #expect(refusal(["Bearer \(token)"], now: Self.now + 60_000) == "This token is expired.")
        #expect(refusal(["Bearer \(token)"], now: Self.now + 59_000) == "none")
        let characters = Array(token)
        for index in characters.indices {
            var other = characters
            other[index] = other[index] == "A" ? "B" : "A"
            #expect(refusal(["Bearer \(String(other))"]) == "Invalid token.")
        }
    }

    @Test(
        "A stack that hashes a password, or may, is told apart at load",
        arguments: [
            ("security.check_password { text_password = $input.p hash_password = $input.h } as $x", true),
            ("security.create_rsa_key { bits = 2048 format = \"object\" } as $x", true),
            ("security.create_curve_key { curve = \"P-256\" format = \"object\" } as $x", false),
            ("db.add user { data = {password: \"a\"} } as $x", true), ("db.add user { data = {name: \"a\"} } as $x", false),
            ("db.add user { data = $input } as $x", true), ("db.bulk.add user { items = [] } as $x", true),
            ("db.del user { field_name = \"id\" field_value = 1 }", false),
            ("db.get user { field_name = \"id\" field_value = 1 } as $x", false),
        ])
    func slow(statement: String, expected: Bool) throws {
        let lines = statement.replacing(" { ", with: " {\n ").replacing(" } ", with: "\n } ").replacing(" hash_", with: "\n hash_")
            .replacing(" format", with: "\n format").replacing(" field_value", with: "\n field_value").replacing("1 }", with: "1\n }")
        let sources = [Self.users, "query \"q\" verb=POST {\n input { json p? }\n stack {\n \(lines)\n }\n response = 1\n}"]
        let constructs = try Program.constructs(sources)
        let program = Program(constructs: constructs, schema: try #require(try StackDatabase(constructs)).schema)
        #expect(program.diagnostics.filter { $0.severity == .error }.map(\.message) == [])
        guard case .ready(let query) = program.query(at: 0) else { throw StackError.mistake("not ready") }
        #expect(query.facts.needsWorker == expected)
    }
}
