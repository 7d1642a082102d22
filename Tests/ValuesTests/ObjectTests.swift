import Testing

@testable import Values

@Suite("Objects")
struct ObjectTests {
    @Test("Keys keep the order in which they were first set", arguments: [3, 12, 13, 500])
    func order(count: Int) {
        var object = Object()
        for number in 0..<count { object[Text("key \(number)")] = .integer(Int64(number)) }
        object["key 1"] = "again"
        #expect(object.keys == (0..<count).map { Text("key \($0)") })
        #expect(object["key 1"] == "again")
        #expect(object["key 2"] == 2)
        #expect(object["missing"] == nil)
    }

    @Test("A removed key is gone, and every other is still found", arguments: [3, 12, 13, 500])
    func removal(count: Int) {
        var object = Object()
        for number in 0..<count { object[Text("key \(number)")] = .integer(Int64(number)) }
        for number in stride(from: 0, to: count, by: 2) { object[Text("key \(number)")] = nil }
        #expect(object.count == count / 2)
        for number in 0..<count {
            let expected: Value? = number % 2 == 0 ? nil : .integer(Int64(number))
            #expect(object[Text("key \(number)")] == expected)
        }
        object["key 0"] = "back"
        #expect(object.keys.last == "key 0")
    }

    @Test("A copy does not see what is changed later")
    func valueSemantics() {
        var object: Object = ["a": ["b": 1]]
        let copy = object
        object["a"]?.updateObject { $0["b"] = 2 }
        #expect(copy["a"]?["b"] == 1)
        #expect(object["a"]?["b"] == 2)
    }

    @Test("Setting a member to nil in place removes it")
    func removalInPlace() {
        func clear(_ value: inout Value?) { value = nil }
        func fill(_ value: inout Value?) { value = "new" }
        var object: Object = ["a": 1, "b": 2]
        clear(&object["a"])
        fill(&object["c"])
        clear(&object["d"])
        #expect(object.keys == ["b", "c"])
        #expect(object["c"] == "new")
    }

    @Test("Two objects are equal whatever the order of their keys")
    func equality() {
        let left: Object = ["a": 1, "b": [2, 3]]
        #expect(left == ["b": [2, 3], "a": 1])
        #expect(left != ["b": [2, 3], "a": 2])
        #expect(left != ["b": [2, 3], "c": 1])
        #expect(left != ["a": 1])
    }

    @Test("An array in an object grows in place, in time linear in its length")
    func growthInPlace() {
        var object: Object = ["list": []]
        for number in 0..<50_000 {
            object["list"]?.updateArray { $0.append(.integer(Int64(number))) }
        }
        guard case .array(let list) = object["list"] else {
            Issue.record("The list is gone")
            return
        }
        #expect(list.count == 50_000)
    }

    @Test("Keys that differ only in Unicode composition are two keys")
    func composition() {
        let object: Object = ["\u{e9}": 1, "e\u{301}": 2]
        #expect(object.count == 2)
    }
}
