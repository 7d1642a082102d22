import FunctionStack
import Storage
import Testing
import Values
import XanoScript

@testable import Records

@Suite("Changing and deleting records")
struct ChangeTests {
    static let user = TableSource(
        "user", .id, .make("text", "name", filters: [.make("trim")]), .make("text", "email"),
        .make("int", "age", optional: true), .make("text", "note", nullable: true, optional: true),
        .make("timestamp", "created_at", default: .now), indexes: [.make("btree|unique", "email")])

    static func store() throws -> TestStore {
        let store = try TestStore(user, inMemory: true)
        _ = try store.records.bulkAdd(
            "user",
            items: [
                ["name": "Ada", "email": "a@x.y", "age": 36, "note": "n"], ["name": "Bob", "email": "b@x.y"],
                ["name": "Ada", "email": "c@x.y"],
            ])
        return store
    }

    @Test("An edit changes what the data names, and gives the record back whole")
    func edit() throws {
        let store = try Self.store()
        store.now += 5_000
        let edited = try store.records.edit("user", field: "id", value: "1", data: ["name": " Eva ", "colour": "x"])
        #expect(JSON.text(edited) == #"{"id":1,"name":"Eva","email":"a@x.y","age":36,"note":"n","created_at":1700000000000}"#)
        #expect(try store.records.get("user", field: "id", value: 1, output: nil) == edited)
        #expect(try store.records.edit("user", field: "id", value: 1, data: [:]) == edited)
    }

    @Test("Of several records with the value the first is changed, and only that")
    func first() throws {
        let store = try Self.store()
        _ = try store.records.edit("user", field: "name", value: "Ada", data: ["age": 1])
        #expect(try store.records.get("user", field: "id", value: 1, output: nil)["age"] == 1)
        #expect(try store.records.get("user", field: "id", value: 3, output: nil)["age"] == 0)
    }

    @Test("A record keeps its id")
    func id() throws {
        let store = try Self.store()
        #expect(try store.records.edit("user", field: "id", value: 1, data: ["id": 9, "age": 2])["id"] == 1)
    }

    @Test("What is not found is an error, and null finds nothing", arguments: [99 as Value, nil, "x", []])
    func notFound(value: Value) throws {
        let store = try Self.store()
        let error = try stackError { try store.records.edit("user", field: "id", value: value, data: ["age": 1]) }
        #expect(error.kind == .notFound)
        #expect(try store.records.get("user", field: "id", value: value, output: nil) == .null)
        #expect(try store.records.has("user", field: "note", value: value) == false)
    }

    @Test("An edit checks values as an addition does")
    func checks() throws {
        let store = try Self.store()
        let error = try stackError { try store.records.edit("user", field: "id", value: 1, data: ["age": "x"]) }
        #expect(error.payload == ["param": "age"])
        #expect(try stackError { try store.records.edit("user", field: "id", value: 1, data: ["name": nil]) }.message
            == "Missing param: name")
        #expect(try store.records.edit("user", field: "id", value: 1, data: ["age": nil, "note": nil])["age"] == 0)
        let duplicate = try stackError { try store.records.edit("user", field: "id", value: 1, data: ["email": "b@x.y"]) }
        #expect(duplicate.kind == .fatal(name: nil))
        #expect(duplicate.payload == ["param": "email"])
    }

    @Test("Add or edit adds under the value it looked for, and the next time edits that record")
    func addOrEdit() throws {
        let store = try Self.store()
        let data: Object = ["name": "Dan"]
        let added = try store.records.addOrEdit("user", field: "email", value: "d@x.y", data: data)
        #expect(added["id"] == 4)
        #expect(added["email"] == "d@x.y")
        let edited = try store.records.addOrEdit("user", field: "email", value: "d@x.y", data: ["name": "Dana"])
        #expect(edited["id"] == 4)
        #expect(edited["name"] == "Dana")
        let byID: Object = ["name": "Eve", "email": "e@x.y"]
        #expect(try store.records.addOrEdit("user", field: "id", value: 0, data: byID)["id"] == 5)
        #expect(try store.records.addOrEdit("user", field: "id", value: nil, data: ["name": "F", "email": "f"])["id"] == 6)
    }

    @Test("Deleting takes the first record with the value; none is no error")
    func delete() throws {
        let store = try Self.store()
        try store.records.delete("user", field: "name", value: "Ada")
        #expect(try store.records.has("user", field: "id", value: 1) == false)
        #expect(try store.records.has("user", field: "name", value: "Ada"))
        try store.records.delete("user", field: "id", value: 77)
        try store.records.delete("user", field: "note", value: nil)
        #expect(try store.records.has("user", field: "id", value: 2))
    }

    @Test("A value in any position is a value, never SQL")
    func injection() throws {
        let store = try Self.store()
        let evil: Value = "x'; DROP TABLE user; --"
        let added = try store.records.add("user", data: ["name": evil, "email": evil, "note": evil])
        #expect(added["name"] == evil)
        #expect(try store.records.get("user", field: "email", value: evil, output: nil)["id"] == 4)
        #expect(try store.records.edit("user", field: "email", value: evil, data: ["note": "\"; --"])["note"] == "\"; --")
        #expect(throws: StackError.self) {
            try store.records.get("user", field: "id = 1 OR 1", value: 1, output: nil)
        }
        #expect(throws: StackError.self) { try store.records.has("user\" --", field: "id", value: 1) }
        try store.records.delete("user", field: "email", value: evil)
        let all = RecordQuery(table: "user", condition: nil, result: .count, parameterCount: 0)
        #expect(try store.records.query(all, parameters: []) == 3)
    }

    // MARK: Many

    static func byName(_ name: Value) -> (RecordQuery, [Value]) {
        let condition = RecordQuery.Condition.comparison(
            .equal, .column(table: "user", name: "name", path: []), .parameter(0), ignoresNull: true)
        return (RecordQuery(table: "user", condition: condition, parameterCount: 1), [name])
    }

    @Test("Bulk statements change and delete what a condition selects, and tell how many")
    func bulk() throws {
        let store = try Self.store()
        let (query, parameters) = Self.byName("Ada")
        #expect(try store.records.bulkUpdate(query, parameters: parameters, data: ["age": "50"]) == 2)
        #expect(try store.records.get("user", field: "id", value: 3, output: nil)["age"] == 50)
        #expect(try store.records.get("user", field: "id", value: 2, output: nil)["age"] == 0)
        #expect(try store.records.bulkDelete(query, parameters: parameters) == 2)
        #expect(try store.records.bulkDelete(query, parameters: [nil]) == 1)
        #expect(try store.records.bulkDelete(query, parameters: [nil]) == 0)
    }

    @Test("A bulk update by items gives the records, or changes none")
    func items() throws {
        let store = try Self.store()
        let changed = try store.records.bulkUpdate("user", items: [["id": 2, "age": 5], ["id": 1, "name": "Z"]])
        #expect(changed == .array([
            try store.records.get("user", field: "id", value: 2, output: nil),
            try store.records.get("user", field: "id", value: 1, output: nil),
        ]))
        let error = try stackError {
            try store.records.bulkUpdate("user", items: [["id": 2, "age": 6], ["id": 88, "age": 6]])
        }
        #expect(error.kind == .notFound)
        #expect(try store.records.get("user", field: "id", value: 2, output: nil)["age"] == 5)
        #expect(throws: StackError.self) { try store.records.bulkUpdate("user", items: [5]) }
    }

    @Test("A bulk addition with one bad record adds none")
    func bulkAdd() throws {
        let store = try Self.store()
        #expect(throws: StackError.self) {
            try store.records.bulkAdd("user", items: [["name": "x", "email": "q"], ["name": "y", "email": "q"]])
        }
        #expect(try store.records.has("user", field: "email", value: "q") == false)
        #expect(try store.records.bulkAdd("user", items: []) == [])
    }

    @Test("Truncating deletes all; with reset the ids begin at 1 again")
    func truncate() throws {
        let store = try Self.store()
        try store.records.truncate("user", reset: false)
        #expect(try store.records.add("user", data: ["name": "x", "email": "q"])["id"] == 4)
        try store.records.truncate("user", reset: true)
        #expect(try store.records.add("user", data: ["name": "x", "email": "q"])["id"] == 1)
    }

    // MARK: Transactions

    struct Stop: Error {}

    @Test("A transaction that fails undoes what it did, and nothing else; transactions nest")
    func transaction() throws {
        let store = try TestStore(Self.user)
        let records = store.records
        try store.connection.transaction {
            _ = try records.add("user", data: ["name": "a", "email": "1"])
            #expect(throws: Stop.self) {
                try records.transaction { _ in
                    _ = try records.add("user", data: ["name": "b", "email": "2"])
                    try records.transaction { _ in _ = try records.add("user", data: ["name": "c", "email": "3"]) }
                    try records.cache("k", value: 1, seconds: nil)
                    throw Stop()
                }
            }
            _ = try records.add("user", data: ["name": "d", "email": "4"])
        }
        #expect(try ["1", "2", "3", "4"].map { try records.has("user", field: "email", value: $0) } == [true, false, false, true])
        #expect(try records.cached("k") == .null)
    }

    @Test("A failed write leaves the transaction as it was before")
    func failedWrite() throws {
        let store = try TestStore(Self.user)
        let records = store.records
        try store.connection.transaction {
            _ = try records.add("user", data: ["name": "a", "email": "1"])
            #expect(throws: StackError.self) { try records.add("user", data: ["name": "b", "email": "1"]) }
            _ = try records.add("user", data: ["name": "c", "email": "2"])
        }
        let all = RecordQuery(table: "user", condition: nil, result: .count, parameterCount: 0)
        #expect(try records.query(all, parameters: []) == 2)
    }

    @Test("A full disk is an error of the storage, not of the stack")
    func fullDisk() throws {
        let store = try TestStore(Self.user)
        try store.connection.execute("PRAGMA max_page_count=20")
        let long = Value.text(String(repeating: "x", count: 60_000))
        #expect(throws: DatabaseError.self) {
            for index in 0..<20 {
                _ = try store.records.add("user", data: ["name": long, "email": .integer(Int64(index))])
            }
        }
    }
}
