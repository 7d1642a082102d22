import Cryptography
import Foundation
import Testing

/// Certificates that OpenSSL has made for this run.
private enum Chain {
    private static let files = Result { () throws -> [String: [UInt8]] in
        let folder = NSTemporaryDirectory() + "chain-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/chain.sh")
        process.arguments = [script.path, folder]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        var files: [String: [UInt8]] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder) {
            files[name] = Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
        }
        return files
    }

    static func pem(_ name: String) throws -> [UInt8] {
        try #require(try files.get()["\(name).pem"])
    }

    static func certificate(_ name: String) throws -> Certificate {
        try #require(try Certificate.all(pem: pem(name)).first)
    }
}

private let day: Int64 = 86_400

@Suite("Certificates")
struct CertificateTests {
    private let now = Int64(Date().timeIntervalSince1970) + 60

    private func outcome(
        _ name: String, among others: [String] = [], trusting authorities: [String], at seconds: Int64
    ) throws -> Result<ClosedRange<Int64>, CertificateError> {
        let store = try TrustStore(authorities.map { try Chain.certificate($0) })
        let certificate = try Chain.certificate(name)
        let others = try others.map { try Chain.certificate($0) }
        return Result { () throws(CertificateError) in
            try store.vouches(for: certificate, others: others, at: seconds)
        }
    }

    private func failure(_ result: Result<ClosedRange<Int64>, CertificateError>) -> CertificateError? {
        if case .failure(let error) = result { error } else { nil }
    }

    @Test(
        "An authority vouches for what it has issued, itself or by others whose certificates are there",
        arguments: [
            ("direct", [], ["root"]), ("leaf", ["intermediate"], ["root"]), ("leaf", ["other", "intermediate"], ["root"]),
            ("leaf", [], ["intermediate"]), ("leaf", [], ["other", "intermediate"]), ("direct", ["intermediate"], ["root"]),
        ] as [(String, [String], [String])])
    func vouched(name: String, others: [String], authorities: [String]) throws {
        #expect(failure(try outcome(name, among: others, trusting: authorities, at: now)) == nil)
    }

    @Test(
        "What nobody is known to have issued is incomplete",
        arguments: [
            ("leaf", [], ["root"]), ("direct", [], ["other"]), ("direct", ["root"], ["other"]), ("leaf", ["intermediate"], ["other"]),
        ] as [(String, [String], [String])])
    func incomplete(name: String, others: [String], authorities: [String]) throws {
        let found = failure(try outcome(name, among: others, trusting: authorities, at: now))
        // With the root beside it the chain ends, but in somebody who is not trusted.
        #expect(others.contains("root") ? found != nil && found != .incomplete : found == .incomplete)
    }

    @Test(
        "Who is no authority vouches for nobody, and nobody for himself",
        arguments: [("impostor", ["direct"]), ("impostor", ["direct", "intermediate"]), ("self", []), ("self", ["self"])])
    func impostors(name: String, others: [String]) throws {
        let found = try #require(failure(try outcome(name, among: others, trusting: ["root"], at: now)))
        guard case .rejected = found else {
            Issue.record("\(found)")
            return
        }
    }

    @Test("A signature with SHA-1 vouches for nothing")
    func weak() throws {
        #expect(failure(try outcome("weak", trusting: ["root"], at: now)) != nil)
    }

    @Test("A chain is valid as long as each of its links is, and is judged at the moment that is asked about")
    func validity() throws {
        let whole = try outcome("leaf", among: ["intermediate"], trusting: ["root"], at: now).get()
        #expect(whole.upperBound == (try Chain.certificate("leaf")).validity.upperBound)
        #expect(whole.lowerBound >= (try Chain.certificate("root")).validity.lowerBound)
        for moment in [now - 2 * day, now + 11 * day] {
            #expect(failure(try outcome("leaf", among: ["intermediate"], trusting: ["root"], at: moment)) != nil)
        }
        #expect(failure(try outcome("direct", trusting: ["root"], at: now + 29 * day)) == nil)
        #expect(failure(try outcome("direct", trusting: ["root"], at: now + 31 * day)) != nil)
        #expect(try Chain.certificate("direct").validity.contains(now))
    }

    @Test(
        "A certificate is for the hosts among its alternative names, and only without any for its common name",
        arguments: [
            ("leaf", "sns.amazonaws.com", true), ("leaf", "SNS.amazonaws.com", true), ("leaf", "amazonaws.com", false),
            ("elsewhere", "sns.amazonaws.com", false), ("elsewhere", "evil.example", true),
            ("wildcard", "sns.amazonaws.com", true), ("wildcard", "a.sns.amazonaws.com", false),
            ("named", "sns.amazonaws.com", true), ("leaf", "", false),
        ])
    func hosts(name: String, host: String, isFor: Bool) throws {
        #expect(try Chain.certificate(name).isFor(host: host) == isFor)
    }

    @Test("Authorities are told from others")
    func authorities() throws {
        for name in ["root", "intermediate", "other"] { #expect(try Chain.certificate(name).isAuthority) }
        for name in ["leaf", "direct", "named", "self"] { #expect(try !Chain.certificate(name).isAuthority) }
    }

    @Test("A text in PEM may hold several certificates, and text between them; a broken one spoils it")
    func texts() throws {
        let (leaf, intermediate) = (try Chain.pem("leaf"), try Chain.pem("intermediate"))
        #expect(try Certificate.all(pem: leaf + Array("\nIssuer:\n".utf8) + intermediate).count == 2)
        for text in [[], Array("no certificate".utf8), Array(leaf.dropLast(60)), leaf + Array("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".utf8)] {
            #expect(throws: CryptographyError.self) { try Certificate.all(pem: text) }
        }
        #expect(throws: CryptographyError.self) { try Certificate.all(pem: Array(repeatElement(leaf, count: 17).joined())) }
    }

    @Test("The host's authorities vouch for none of these")
    func host() throws {
        let store = try TrustStore()
        let leaf = try Chain.certificate("leaf")
        #expect(throws: CertificateError.incomplete) { try store.vouches(for: leaf, others: [], at: now) }
    }
}
