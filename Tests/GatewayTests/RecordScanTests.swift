import Testing

@testable import Gateway

@Suite("Records before libfcgi reads them")
struct RecordScanTests {
    @Test("A request cut anywhere is partial or a head, and whole only when all of it is there")
    func everyPrefix() {
        let body = [UInt8](repeating: 7, count: 40)
        let head = FastCGI.begin() + FastCGI.parameters([("A", "b"), ("LONG", String(repeating: "x", count: 200))], size: 9)
        let request = head + FastCGI.input(body, size: 13)
        for count in 0..<request.count {
            let expected: RecordScan.Finding = count < head.count ? .partial : .head(length: head.count)
            #expect(judge(Array(request.prefix(count))) == expected, "after \(count) bytes")
        }
        #expect(judge(request) == .whole(isLast: true))
        #expect(judge(request + [1]) == .whole(isLast: false))
    }

    @Test("Without parameters and without a body a request is whole")
    func empty() {
        #expect(judge(FastCGI.begin() + FastCGI.record(4) + FastCGI.record(5)) == .whole(isLast: true))
    }

    @Test("Padding belongs to its record")
    func padding() {
        let begin = FastCGI.begin()
        let parameters = FastCGI.record(4, FastCGI.pair("A", "b"), padding: 255) + FastCGI.record(4)
        #expect(judge(begin + parameters + FastCGI.record(5, padding: 1)) == .whole(isLast: true))
        #expect(judge(Array((begin + parameters + FastCGI.record(5, padding: 1)).dropLast()))
                == .head(length: begin.count + parameters.count))
    }

    static let foreign: [(String, [UInt8])] = [
        ("HTTP", Array("GET / HTTP/1.1\r\n".utf8)),
        // libfcgi takes this padding for records.
        ("a padded beginning", FastCGI.record(1, [0, 1, 0, 0, 0, 0, 0, 0], padding: 248)),
        ("a padded end of parameters", FastCGI.begin() + FastCGI.record(4, padding: 8)),
        ("version 2", [2] + FastCGI.begin().dropFirst()),
        ("parameters first", FastCGI.parameters([("A", "b")])),
        ("an abort first", FastCGI.record(2)),
        ("a management record first", FastCGI.record(9, id: 0, FastCGI.pair("FCGI_MAX_CONNS", ""))),
        ("a request with number 0", FastCGI.begin(id: 0)),
        ("a short beginning", FastCGI.record(1, [0, 1])),
        ("a management record among the parameters", FastCGI.begin() + FastCGI.record(9, id: 0)),
        ("an abort among the parameters", FastCGI.begin() + FastCGI.record(2)),
        ("a second request among the parameters", FastCGI.begin() + FastCGI.begin(id: 2)),
        ("parameters of another request", FastCGI.begin() + FastCGI.parameters(id: 2, [("A", "b")])),
        ("the body before the parameters", FastCGI.begin() + FastCGI.record(5, [1])),
        ("a version that changes", FastCGI.begin() + [0] + FastCGI.record(4).dropFirst()),
        ("parameters that end within a name", FastCGI.begin() + FastCGI.record(4, [5, 0, 65]) + FastCGI.record(4)),
        ("parameters that end within a length", FastCGI.begin() + FastCGI.record(4, [0x80, 0]) + FastCGI.record(4)),
        ("a name of 2 GB", FastCGI.begin() + FastCGI.record(4, [0xFF, 0xFF, 0xFF, 0xFF, 0])),
        ("a value of 2 GB", FastCGI.begin() + FastCGI.record(4, [1, 0xFF, 0xFF, 0xFF, 0xFF])),
        (
            "parameters beyond the bound",
            FastCGI.begin() + FastCGI.parameters((0..<40).map { ("A\($0)", String(repeating: "x", count: 2000)) })
        ),
    ]

    @Test("What libfcgi should not see is found out", arguments: foreign)
    func broken(what: String, bytes: [UInt8]) {
        guard case .broken = judge(bytes) else {
            Issue.record("\(what): \(judge(bytes))")
            return
        }
    }

    @Test("Parameters up to the bound pass")
    func large() {
        let request = FastCGI.begin() + FastCGI.parameters([("A", String(repeating: "x", count: 60_000))])
        #expect(judge(request) == .head(length: request.count))
    }

    @Test(
        "Among the body's records only those of the body are left to libfcgi",
        arguments: [FastCGI.record(9, id: 0), FastCGI.begin(id: 2), FastCGI.record(2), FastCGI.record(5, id: 2)])
    func body(record: [UInt8]) {
        let head = FastCGI.begin() + FastCGI.record(4)
        #expect(judge(head + FastCGI.record(5, [1]) + record + FastCGI.record(5)) == .head(length: head.count))
    }

    @Test("Any bytes are judged without a fault")
    func random() {
        var state: UInt64 = 42
        func next() -> UInt8 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(state >> 56)
        }
        for _ in 0..<3000 {
            var bytes = FastCGI.request(body: [1, 2, 3], extra: [("HTTP_X", String(repeating: "y", count: 130))])
            for _ in 0..<Int(next() % 6) { bytes[Int(next()) % bytes.count] = next() }
            _ = judge(Array(bytes.prefix(Int(next()) + 50)))
        }
    }

    private func judge(_ bytes: [UInt8]) -> RecordScan.Finding {
        RecordScan.judge(bytes.span)
    }
}
