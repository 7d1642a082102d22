import Testing

@testable import Intake

@Suite("Room for the bodies of all requests")
struct BodyAllowanceTests {
    @Test("is given as long as there is some, and is there again when a request is gone")
    func shares() {
        let allowance = BodyAllowance(maximum: 10_000)
        let body = [UInt8](repeating: UInt8(ascii: "x"), count: 2_000)
        var held = [allowance.share(for: body), allowance.share(for: body)]
        #expect(held.allSatisfy { $0 != nil })
        #expect(allowance.share(for: body) == nil)
        #expect(allowance.share(for: Array(body.prefix(1_000))) != nil)
        held.removeLast()
        #expect(allowance.share(for: body) != nil)
    }

    @Test("is there for a single body, however large")
    func alone() {
        let allowance = BodyAllowance(maximum: 10)
        let share = allowance.share(for: [UInt8](repeating: 0, count: 100))
        #expect(share != nil)
        #expect(allowance.share(for: [1]) == nil)
    }

    @Test("counts the values that a body holds as well as its bytes")
    func weight() {
        let plain = BodyAllowance.weight(of: Array("{\"a\": \"0123456789\"}".utf8))
        let nested = BodyAllowance.weight(of: Array("[[],[],[],[],[],[],[]]".utf8))
        #expect(nested > 4 * plain)
    }
}
