import FunctionStack
import Storage
import Testing
import Values
import XanoScript

@testable import Records

@Suite("Adding a record")
struct AddTests {
    static let response = TableSource(
        "response", .id, .make("timestamp", "created_at", default: .now), .make("text", "form_id"),
        .make("text", "answer", nullable: true, optional: true),
        .make("decimal", "number", nullable: true, optional: true))

    @Test("It gives the record back whole, in the order of the columns, and finds it again as it is")
    func whole() throws {
        let store = try TestStore(Self.response)
        let added = try store.records.add("response", data: ["answer": "b", "form_id": "a", "number": 7])
        let expected: Value = [
            "id": 1, "created_at": .integer(TestStore.start), "form_id": "a", "answer": "b", "number": 7.0,
        ]
        #expect(added == expected)
        #expect(JSON.text(added) == JSON.text(expected))
        let found = try store.records.get("response", field: "id", value: 1, output: nil)
        #expect(JSON.text(found) == JSON.text(expected))
    }

    @Test("Ids count up from 1 and are never used twice")
    func ids() throws {
        let store = try TestStore(Self.response)
        let ids = try (1...3).map { _ in try store.records.add("response", data: ["form_id": "a"])["id"] }
        #expect(ids == [1, 2, 3])
        try store.records.delete("response", field: "id", value: 3)
        #expect(try store.records.add("response", data: ["form_id": "a"])["id"] == 4)
    }

    @Test("An id that is given is kept; one that is taken is a duplicate")
    func givenID() throws {
        let store = try TestStore(Self.response)
        #expect(try store.records.add("response", data: ["id": 42, "form_id": "a"])["id"] == 42)
        #expect(try store.records.add("response", data: ["form_id": "a"])["id"] == 43)
        let error = try stackError { try store.records.add("response", data: ["id": 42, "form_id": "b"]) }
        #expect(error.message == "Duplicate record detected. Please check whether a similar record already exists.")
        #expect(error.payload == ["param": "id"])
    }

    @Test(
        "An id that would leave none for further records is refused; 0 is none",
        arguments: [.integer(.max), -1, .integer(1 << 53)] as [Value])
    func largeID(id: Value) throws {
        let store = try TestStore(Self.response)
        #expect(try stackError { try store.records.add("response", data: ["id": id, "form_id": "a"]) }.payload == ["param": "id"])
        #expect(try store.records.add("response", data: ["id": 0, "form_id": "a"])["id"] == 1)
        let largest: Value = .integer(1 << 53 - 1)
        #expect(try store.records.add("response", data: ["id": largest, "form_id": "a"])["id"] == largest)
        #expect(try store.records.add("response", data: ["form_id": "a"])["id"] == .integer(1 << 53))
    }

    @Test("A uuid as id is made if none is given")
    func uuid() throws {
        let store = try TestStore(TableSource("item", .make("uuid", "id"), .make("text", "name")))
        let first = try store.records.add("item", data: ["name": "a"])["id"]
        #expect(first == "01010101-0101-4101-8101-010101010101")
        let given: Value = "F47AC10B-58CC-4372-A567-0E02B2C3D479"
        let second = try store.records.add("item", data: ["id": given, "name": "b"])["id"]
        #expect(second == "f47ac10b-58cc-4372-a567-0e02b2c3d479")
        #expect(try store.records.get("item", field: "id", value: given, output: nil)["name"] == "b")
        #expect(try stackError { try store.records.add("item", data: ["id": "x", "name": "c"]) }.kind == .inputError)
    }

    @Test("Names that are no column are left out")
    func unknown() throws {
        let store = try TestStore(Self.response)
        let added = try store.records.add("response", data: ["form_id": "a", "colour": "red"])
        #expect(added["colour"] == .null)
    }

    @Test(
        "What is not given is the default, null, or what the type calls empty",
        arguments: Self.defaulted)
    func defaults(row: Defaulted) throws {
        let (column, value) = (row.column, row.value)
        let store = try TestStore(TableSource("t", .id, column), inMemory: true)
        let key = Text(column.name)
        #expect(try store.records.add("t", data: [:])[key] == value)
        // What is null in a stack was not given.
        if !column.isNullable { #expect(try store.records.add("t", data: [key: nil])[key] == value) }
        #expect(try store.records.get("t", field: "id", value: 1, output: nil)[key] == value)
    }

    @Test("Null stays null where the column may be null, whatever its default")
    func nullable() throws {
        let store = try TestStore(TableSource("t", .id, .make("text", "x", nullable: true, default: .text("a"))))
        #expect(try store.records.add("t", data: ["x": nil])["x"] == .null)
        #expect(try store.records.add("t", data: [:])["x"] == "a")
    }

    @Test("A column that must be given is missed by its name", arguments: [Object(), ["x": nil]])
    func missing(data: Object) throws {
        let store = try TestStore(TableSource("t", .id, .make("text", "x")))
        let error = try stackError { try store.records.add("t", data: data) }
        #expect(error.kind == .inputError)
        #expect(error.message == "Missing param: x")
        #expect(error.payload == ["param": "x"])
    }

    @Test(
        "A value comes back as one of the column's type",
        arguments: Self.converted)
    func types(row: Converted) throws {
        let (type, given, expected) = (row.type, row.given, row.expected)
        let store = try TestStore(TableSource("t", .id, .make(type, "x")), inMemory: true)
        #expect(try store.records.add("t", data: ["x": given])["x"] == expected)
        let stored = try store.records.get("t", field: "id", value: 1, output: nil)["x"]
        #expect(stored == expected)
        #expect(JSON.text(stored) == JSON.text(expected))
    }

    @Test(
        "A value of another type is refused, naming the column",
        arguments: Self.refusedTypes)
    func refused(row: Refused) throws {
        let (type, given) = (row.type, row.given)
        let store = try TestStore(TableSource("t", .id, .make(type, "x")), inMemory: true)
        let error = try stackError { try store.records.add("t", data: ["x": given]) }
        #expect(error.kind == .inputError)
        #expect(error.payload == ["param": "x"])
        #expect(try store.records.has("t", field: "id", value: 1) == false)
    }

    @Test("An enum takes its own values only")
    func enumeration() throws {
        let store = try TestStore(TableSource("t", .id, .make("enum", "x", values: ["a", "b"])))
        #expect(try store.records.add("t", data: ["x": "b"])["x"] == "b")
        let error = try stackError { try store.records.add("t", data: ["x": "c"]) }
        #expect(error.kind == .inputError)
        #expect(error.message.string.hasPrefix("Value is not one of the allowable values"))
        #expect(error.payload == ["param": "x"])
    }

    @Test(
        "A column's filters act before its type is checked",
        arguments: Self.filtered)
    func filters(row: Filtered) throws {
        let (type, filters, given, expected) = (row.type, row.filters, row.given, row.expected)
        let store = try TestStore(TableSource("t", .id, .make(type, "x", filters: filters)), inMemory: true)
        #expect(try store.records.add("t", data: ["x": given])["x"] == expected)
    }

    @Test(
        "A column's filters refuse what they do not allow",
        arguments: Self.unfiltered)
    func filtersRefuse(row: Unfiltered) throws {
        let (type, filters, given) = (row.type, row.filters, row.given)
        let store = try TestStore(TableSource("t", .id, .make(type, "x", filters: filters)), inMemory: true)
        let error = try stackError { try store.records.add("t", data: ["x": given]) }
        #expect(error.kind == .inputError)
        #expect(error.payload == ["param": "x"])
    }

    @Test("An object's members have types, defaults and filters of their own")
    func object() throws {
        let address = Column.make(
            "object", "address",
            children: [
                .make("text", "street", filters: [.make("trim")]), .make("text", "country", default: .text("US")),
                .make("int", "floor", nullable: true, optional: true),
            ])
        let store = try TestStore(TableSource("t", .id, address))
        let added = try store.records.add("t", data: ["address": ["street": " Main ", "floor": "3"]])
        #expect(added["address"] == ["street": "Main", "country": "US", "floor": 3])
        let error = try stackError { try store.records.add("t", data: ["address": ["country": "DE"]]) }
        #expect(error.message == "Missing param: address.street")
        #expect(error.payload == ["param": "address.street"])
    }

    @Test("A password is stored as a hash of its own; a hash is stored as it is; none is none")
    func password() throws {
        let store = try TestStore(
            TableSource("user", .id, .make("text", "name"), .make("password", "password", nullable: true, optional: true)))
        #expect(try store.records.add("user", data: ["name": "a"])["password"] == .null)
        #expect(try store.records.add("user", data: ["name": "a", "password": ""])["password"] == .null)
        let first = try store.records.add("user", data: ["name": "a", "password": "secret"])["password"]
        let second = try store.records.add("user", data: ["name": "a", "password": "secret"])["password"]
        guard case .text(let hash) = first else {
            Issue.record("\(first)")
            return
        }
        #expect(Password.isHash(hash))
        #expect(first != second)
        #expect(try store.records.get("user", field: "id", value: 3, output: nil)["password"] == first)
        let edited = try store.records.edit("user", field: "id", value: 4, data: ["password": first])
        #expect(edited["password"] == first)
        #expect(try store.records.edit("user", field: "id", value: 4, data: ["name": "b"])["password"] == first)
        #expect(try stackError { try store.records.add("user", data: ["name": "a", "password": ["secret"]]) }.kind == .inputError)
    }

    @Test("Data is given back with its passwords hashed and nothing else changed")
    func hashing() throws {
        let store = try TestStore(
            TableSource("user", .id, .make("text", "name"), .make("password", "password", nullable: true, optional: true)))
        let schema = store.records.plans.schema
        #expect(schema.passwordColumns(of: "user") == ["password"])
        #expect(schema.passwordColumns(of: "none") == [])
        let data = try schema.hashingPasswords(["name": 7, "password": "secret", "x": 1], of: "user", store.records.context)
        #expect(data.keys == ["name", "password", "x"])
        #expect(data["name"] == 7)
        guard case .text(let hash)? = data["password"] else { return }
        #expect(Password.isHash(hash))
        #expect(try schema.hashingPasswords(data, of: "user", store.records.context) == data)
        #expect(try schema.hashingPasswords(["password": nil], of: "user", store.records.context) == ["password": nil])
    }

    @Test("The key of tokens is made once")
    func tokenKey() throws {
        let store = try TestStore(Self.response)
        #expect(try Records.tokenKey(store.records.connection) == nil)
        let key = try store.records.tokenKey()
        #expect(key.count == AuthToken.keyByteCount)
        #expect(try store.records.tokenKey() == key)
        #expect(try Records.tokenKey(store.records.connection) == key)
    }

    @Test("A table named by SQL's word, with columns named so and with quotes in them, is like any other")
    func weirdNames() throws {
        let store = try TestStore(
            TableSource(
                "order", .id, .make("text", "select"), .make("int", "group", default: .integer(0)),
                .make("text", "a \"b\"'; DROP TABLE order; --", default: .text("it's")),
                indexes: [.make("btree|unique", "select", "a \"b\"'; DROP TABLE order; --"), .make("btree", "-group")]),
            TableSource("we ird.\"name", .id, .make("text", "x y")))
        let added = try store.records.add("order", data: ["select": "from"])
        #expect(added["a \"b\"'; DROP TABLE order; --"] == "it's")
        #expect(try store.records.edit("order", field: "select", value: "from", data: ["group": 5])["group"] == 5)
        #expect(throws: StackError.self) { try store.records.add("order", data: ["select": "from"]) }
        #expect(try store.records.add("we ird.\"name", data: ["x y": "z"])["x y"] == "z")
    }

    @Test("A statement about a table that does not exist is the author's mistake")
    func noTable() throws {
        let store = try TestStore(Self.response)
        let error = try stackError { try store.records.add("respnse", data: [:]) }
        #expect(error.message.string.contains("response"))
        #expect(throws: StackError.self) { try store.records.get("response", field: "x", value: 1, output: nil) }
    }
}
