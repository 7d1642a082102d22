import Foundation
import Testing

@testable import Storage

@Suite("The log of processes that answer one request each")
struct RequestLogTests {
    @Test("stays short however many of them follow each other")
    func staysShort() throws {
        let folder = NSTemporaryDirectory() + "postern-log-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/a.sqlite"
        var longest = 0
        for round in 0..<120 {
            let writer = try DirectWriter(.request(path)) { try $0.execute("CREATE TABLE IF NOT EXISTS t (x)") }
            try writer.perform { try $0.execute("INSERT INTO t VALUES (randomblob(20000)), (\(round))") }
            let attributes = try FileManager.default.attributesOfItem(atPath: path + "-wal")
            longest = max(longest, (attributes[.size] as? Int) ?? 0)
        }
        // 200 pages and what one more transaction adds.
        #expect(longest < 300 * 4120, "\(longest) bytes")
        #expect(longest > 0)
    }
}
