import Foundation
import Glibc
import Intake
import Testing

@Suite("Files that Postern trusts")
struct FileRulesTests {
    /// A folder that belongs to the tests' user alone.
    let root: String

    init() throws {
        root = NSTemporaryDirectory() + "postern-files-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: root + "/in/deep", withIntermediateDirectories: true)
        for folder in ["", "/in", "/in/deep"] { unsafe chmod(root + folder, 0o755) }
        _ = FileManager.default.createFile(atPath: root + "/in/deep/secret", contents: Data("s".utf8))
        unsafe chmod(root + "/in/deep/secret", 0o600)
    }

    private func violation(_ path: String, rules: FileRules = FileRules(), outside: String? = nil) -> String? {
        do {
            _ = try rules.check(path, outside: outside)
            return nil
        } catch {
            return error.problem + "; " + error.remedy
        }
    }

    @Test("belong to their user alone, in folders that do")
    func good() {
        #expect(violation(root + "/in/deep/secret") == nil)
        try? FileManager.default.removeItem(atPath: root)
    }

    @Test("are writable by nobody else, nor is any folder above them", arguments: ["/in/deep/secret", "/in/deep", "/in"])
    func writable(path: String) throws {
        unsafe chmod(root + path, 0o775)
        let said = try #require(violation(root + "/in/deep/secret"))
        #expect(said.contains("writable") && said.contains("chmod go-w") && said.contains(path))
        try FileManager.default.removeItem(atPath: root)
    }

    @Test("are judged where links lead")
    func links() throws {
        unsafe chmod(root + "/in", 0o777)
        unsafe symlink(root + "/in/deep", root + "/link")
        #expect(try #require(violation(root + "/link/secret")).contains("writable"))
        try FileManager.default.removeItem(atPath: root)
    }

    @Test("do not lie where the web server shows its documents")
    func documents() throws {
        #expect(try #require(violation(root + "/in/deep/secret", outside: root + "/in")).contains("document root"))
        #expect(violation(root + "/in/deep/secret", outside: root + "/in/dee") == nil)
        #expect(violation(root + "/in/deep/secret", outside: "") == nil)
        unsafe symlink(root + "/in", root + "/documents")
        #expect(try #require(violation(root + "/in/deep/secret", outside: root + "/documents")).contains("document root"))
        try FileManager.default.removeItem(atPath: root)
    }

    @Test("lie in the folders that the process allows")
    func allowed() throws {
        #expect(violation(root + "/in/deep/secret", rules: FileRules(allowed: [root + "/in"])) == nil)
        let said = try #require(violation(root + "/in/deep/secret", rules: FileRules(allowed: ["/usr", root + "/in/de"])))
        #expect(said.contains("--allow"))
        try FileManager.default.removeItem(atPath: root)
    }

    @Test("are named when they are missing")
    func missing() throws {
        #expect(try #require(violation(root + "/nothing")).contains("does not exist"))
        #expect(try FileRules().checkPlaceToBe(root + "/in/new.sqlite", outside: nil).hasSuffix("/in/new.sqlite"))
        #expect(throws: FileRules.Violation.self) { try FileRules().checkPlaceToBe(root + "/nowhere/new.sqlite", outside: nil) }
        try FileManager.default.removeItem(atPath: root)
    }
}
