import Testing
import Verification

@Suite("Vectors of schemes")
struct SchemeVectorTests {
    @Test("A vector is judged as the rule says", arguments: try Fixtures.vectors(in: "Schemes"))
    func vector(vector: Vector) throws {
        let verdict = try vector.verdict()
        #expect(verdict.text == vector.expected)
        #expect(verdict.verified?.dedupeKey?.kind == vector.dedupe)
    }

    @Test("A request that is verified under none names no secret")
    func none() throws {
        let verdict = try Verifier(VerificationRule("none"), secrets: SecretSet()).verify(TestRequest(), at: 0)
        let verified = try #require(verdict.verified)
        #expect(verified.secretIndex == nil)
        #expect(verified.dedupeKey == nil)
    }
}
