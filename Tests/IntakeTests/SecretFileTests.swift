import Foundation
import Intake
import Testing

@Suite("A secret that arrives")
final class SecretFileTests {
    let folder: String
    var path: String { folder + "/secret" }

    init() throws {
        folder = NSTemporaryDirectory() + "postern-arriving-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    private var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] }

    @Test("is a line of its file, for its owner alone, and nothing else is left")
    func written() throws {
        try SecretFile(path).write(Array("s3cret".utf8))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "s3cret\n")
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(names == ["secret"])
    }

    @Test("replaces nothing: no file, no link, however it came there")
    func existing() throws {
        for make in [
            { try Data("old\n".utf8).write(to: URL(fileURLWithPath: self.path)) },
            { try FileManager.default.createSymbolicLink(atPath: self.path, withDestinationPath: self.folder + "/elsewhere") },
            { try FileManager.default.createDirectory(atPath: self.path, withIntermediateDirectories: false) },
        ] {
            try make()
            let file = SecretFile(path)
            #expect(throws: SecretFile.Failure.self) { try file.write(Array("new".utf8)) }
            file.takeBack()
            #expect(names == ["secret"], "what was there is there, and nothing beside it")
            try FileManager.default.removeItem(atPath: path)
        }
    }

    @Test("is written once, though its job runs again, and is taken back as a whole")
    func again() throws {
        let file = SecretFile(path)
        try file.write(Array("s3cret".utf8))
        try file.write(Array("s3cret".utf8))
        file.takeBack()
        #expect(names.isEmpty)
        file.takeBack()
    }

    @Test("that cannot be kept says where and why, and not what")
    func failure() throws {
        do {
            try SecretFile(folder + "/missing/secret").write(Array("s3cret".utf8))
            Issue.record("it was kept")
        } catch {
            #expect("\(error)".contains("/missing/secret") && "\(error)".contains("No such file") && !"\(error)".contains("s3cret"))
        }
    }
}
