import Cryptography
import Testing

@Suite("Digests")
struct DigestTests {
    @Test("A digest has the value that its standard publishes", arguments: try rows(of: "digests.txt"))
    func publishedDigest(row: [String]) throws {
        let algorithm = try #require(DigestAlgorithm(rawValue: row[0]))
        #expect(try algorithm.digest(of: bytes(row[1])).hexadecimal == row[2])
    }

    @Test("An HMAC has the value that its standard publishes", arguments: try rows(of: "hmac.txt"))
    func publishedHMAC(row: [String]) throws {
        let algorithm = try #require(DigestAlgorithm(rawValue: row[0]))
        #expect(try algorithm.hmac(of: bytes(row[2]), key: bytes(row[1])).hexadecimal == row[3])
    }

    @Test("A digest fed in pieces is that of the whole", arguments: DigestAlgorithm.allCases, [1, 63, 64, 65, 129])
    func pieces(algorithm: DigestAlgorithm, length: Int) throws {
        let message = [UInt8]((0..<300).map { UInt8($0 & 255) })
        var stream = try DigestStream(algorithm)
        var start = 0
        while start < message.count {
            let end = min(start + length, message.count)
            try stream.update(message.span.extracting(start..<end))
            start = end
        }
        let digest = try stream.finish()
        #expect(try digest == algorithm.digest(of: message))
        #expect(digest.bytes.count == algorithm.byteCount)
    }

    @Test("One key gives the same codes however often and from however many threads it is used")
    func sharedKey() async throws {
        let key = try HMACKey(.sha256, key: Array("Jefe".utf8))
        let message = Array("what do ya want for nothing?".utf8)
        let codes = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    var last = ""
                    for _ in 0..<500 { last = try key.authenticate(message).hexadecimal }
                    return last
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(codes == ["5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"])
    }

    @Test("An HMAC fed in pieces is that of the whole, for every algorithm", arguments: DigestAlgorithm.allCases)
    func hmacPieces(algorithm: DigestAlgorithm) throws {
        let key = try HMACKey(algorithm, key: [1, 2, 3])
        var stream = try HMACStream(key)
        try stream.update([1, 2].span)
        try stream.update([UInt8]().span)
        try stream.update([3].span)
        let code = try stream.finish()
        #expect(try code == key.authenticate([1, 2, 3]))
        #expect(try code != key.authenticate([1, 2, 4]))
    }

    @Test(
        "Comparison in constant time tells equal from unequal",
        arguments: [
            ([], [], true), ([1], [], false), ([1, 2], [1, 2], true), ([1, 2], [1, 3], false), ([0], [0, 0], false),
        ] as [([UInt8], [UInt8], Bool)])
    func comparison(left: [UInt8], right: [UInt8], equal: Bool) {
        #expect(ConstantTime.areEqual(left.span, right.span) == equal)
    }

    @Test("Random bytes are as many as asked for and not the same twice")
    func random() throws {
        let first = try SecureRandom.bytes(count: 32)
        let second = try SecureRandom.bytes(count: 32)
        #expect(first.count == 32)
        #expect(first != second)
        #expect(try SecureRandom.bytes(count: 0).isEmpty)
    }

    @Test("Overwritten bytes are zero")
    func cleansed() {
        var bytes: [UInt8] = [1, 2, 3]
        bytes.cleanse()
        #expect(bytes == [0, 0, 0])
    }
}
