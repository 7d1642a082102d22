import Testing

@testable import Values

@Suite("Values")
struct ValueTests {
    @Test("A value takes 24 bytes in an array")
    func size() {
        #expect(MemoryLayout<Value>.stride == 24)
    }

    @Test("Depth is that of the deepest part")
    func depth() {
        let value: Value = ["a": [1, ["b": [:]]], "c": 2]
        #expect(!value.isDeeper(than: 4))
        #expect(value.isDeeper(than: 3))
        #expect(!Value.integer(1).isDeeper(than: 0))
        #expect(Value.array([]).isDeeper(than: 0))
    }

    /// Forty lines that hold each other twice are a million million lists to who walks them all.
    @Test("A value whose parts are shared is walked only so far, and printed only so far")
    func sharing() {
        var value: Value = [1]
        for _ in 0..<40 { value = [value, value] }
        var visits = 10_000
        #expect(value.isDeeper(than: 512, visits: &visits))
        var buffer: [UInt8] = []
        #expect(throws: JSONSizeError.self) { try JSON.append(value, to: &buffer, limit: 100_000) }
        #expect(buffer.count < 101_000)
    }

    @Test("The limit of printing is exact")
    func limit() throws {
        var buffer: [UInt8] = [0]
        try JSON.append([1, "abc"], to: &buffer, limit: 9)
        #expect(buffer.count == 10)
        #expect(throws: JSONSizeError.self) { try JSON.append([1, "abc"], to: &buffer, limit: 8) }
    }

    @Test("Arrays and objects are changed in place, other values not at all")
    func changes() {
        var array: Value = [1]
        #expect(array.updateArray { $0.append(2) } != nil)
        #expect(array == [1, 2])
        #expect(array.updateObject { $0["a"] = 1 } == nil)
        #expect(array == [1, 2])
        var object: Value = ["a": 1]
        #expect(object.updateObject { $0["b"] = 2 } != nil)
        #expect(object["b"] == 2)
        #expect(object["c"] == .null)
        #expect(array["c"] == .null)
    }
}
