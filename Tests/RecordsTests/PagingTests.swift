import FunctionStack
import Testing
import Values

@testable import Records

@Suite("Pages of a query")
struct PagingTests {
    static let table = TableSource("n", .id, .make("int", "x"))

    /// Parameters: 0 page, 1 per_page, 2 totals, 3 metadata, 4 offset.
    static let query: RecordQuery = {
        var paging = RecordQuery.Paging()
        paging.page = 0
        paging.perPage = 1
        paging.totals = 2
        paging.metadata = 3
        paging.offset = 4
        return RecordQuery(table: "n", condition: nil, paging: paging, output: ["items.id"], parameterCount: 5)
    }()

    static func page(_ parameters: Value..., of count: Int64 = 7) throws -> Value {
        let store = try TestStore(table, inMemory: true)
        _ = try store.records.bulkAdd("n", items: (0..<count).map { ["x": .integer($0)] })
        return try store.records.query(query, parameters: parameters)
    }

    @Test("A page comes in an envelope, its members in Xano's order")
    func envelope() throws {
        let page = try Self.page(2, 3, false, true, 0)
        #expect(JSON.text(page) == """
            {"itemsReceived":3,"curPage":2,"nextPage":3,"prevPage":1,"offset":3,"perPage":3,\
            "items":[{"id":4},{"id":5},{"id":6}]}
            """)
    }

    @Test("With totals it tells how many records and pages there are")
    func totals() throws {
        let page = try Self.page(3, 3, true, true, 0)
        #expect(JSON.text(page) == """
            {"itemsReceived":1,"curPage":3,"nextPage":null,"prevPage":2,"offset":6,"perPage":3,"itemsTotal":7,\
            "pageTotal":3,"items":[{"id":7}]}
            """)
        #expect(try Self.page(1, 7, true, true, 0)["pageTotal"] == 1)
        #expect(try Self.page(1, 7, true, true, 0, of: 0)["pageTotal"] == 0)
    }

    @Test("A last page that is full has no next one")
    func lastPage() throws {
        #expect(try Self.page(1, 7, false, true, 0)["nextPage"] == .null)
        #expect(try Self.page(1, 6, false, true, 0)["nextPage"] == 2)
        #expect(try Self.page(9, 3, false, true, 0)["items"] == [])
    }

    @Test("An offset skips records before the first page")
    func offset() throws {
        #expect(try Self.page(1, 2, false, true, 1)["items"] == [["id": 2], ["id": 3]])
    }

    @Test("Without metadata a page is a plain list")
    func plain() throws {
        #expect(try Self.page(2, 2, true, false, 0) == [["id": 3], ["id": 4]])
    }

    @Test("What is missing or below one is the first page of 25")
    func standard() throws {
        for missing: Value in [nil, 0, -1, ""] {
            let page = try Self.page(missing, missing, false, true, missing, of: 30)
            #expect(page["curPage"] == 1)
            #expect(page["perPage"] == 25)
            #expect(page["itemsReceived"] == 25)
        }
    }

    @Test(
        "What is no number, or beyond all bounds, is an input error",
        arguments: [
            ("x", 1, "page"), (1, "1; DROP TABLE n", "per_page"), (1, 100_001, "per_page"),
            (.integer(.max), 100, "page"), (1.5, 1, "page"), ([1], 1, "page"),
        ] as [(Value, Value, String)])
    func bounds(page: Value, size: Value, name: String) throws {
        let error = try stackError { try Self.page(page, size, false, true, 0) }
        #expect(error.kind == .inputError)
        #expect(error.payload == ["param": .text(name)])
    }

    @Test("Output may choose among the members of the envelope")
    func output() throws {
        let store = try TestStore(Self.table, inMemory: true)
        _ = try store.records.bulkAdd("n", items: [["x": 1], ["x": 2]])
        let query = RecordQuery(
            table: "n", condition: nil, paging: RecordQuery.Paging(),
            output: ["itemsReceived", "curPage", "items.x"], parameterCount: 0)
        #expect(
            JSON.text(try store.records.query(query, parameters: []))
                == #"{"itemsReceived":2,"curPage":1,"items":[{"x":1},{"x":2}]}"#)
    }
}
