import Testing
import Values
import Verification

@Suite("Vectors of senders")
struct SenderVectorTests {
    @Test("A vector is judged as its origin says", arguments: try Fixtures.vectors(in: "Senders"))
    func vector(vector: Vector) throws {
        let verdict = try vector.verdict()
        #expect(verdict.text == vector.expected)
        guard let verified = verdict.verified else { return }
        #expect(verified.dedupeKey?.kind == vector.dedupe)
        if let type = vector.type { #expect(verified.eventType?.string == type) }
        #expect(verified.sender == vector.sender)
    }

    @Test("A vector says where it comes from", arguments: try Fixtures.vectors(in: "Senders"))
    func origin(vector: Vector) {
        #expect(!vector.origin.isEmpty)
    }

    @Test("Every sender of the catalogue has a vector that verifies", arguments: SenderCatalogue.names)
    func coverage(name: String) throws {
        let vectors = try Fixtures.vectors(in: "Senders").filter { $0.sender == name && $0.expected == "verified" }
        #expect(!vectors.isEmpty)
    }

    @Test("Which of the secrets matched is known by its position")
    func secretIndex() throws {
        let vector = try #require(
            try Fixtures.vectors(in: "Senders").first { $0.testDescription.hasSuffix("a form response") })
        #expect(try vector.verdict().verified?.secretIndex == 1)
    }
}
