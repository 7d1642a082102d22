import Foundation
import Testing

@testable import Outbound

/// It has file systems of its own for its spool, which takes root.
private let hasOpenSMTPD = geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/sbin/smtpd")

@Suite("Mail by OpenSMTPD", .enabled(if: hasOpenSMTPD, "it takes root and the package opensmtpd"))
struct OpenSMTPDTests {
    /// OpenSMTPD while a test runs.
    private final class Server {
        let folder: TemporaryFolder
        private let process = Process()
        private let output = Pipe()

        init() throws {
            folder = try TemporaryFolder()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = [FixtureServer.fixture("mail-server.sh"), folder.path]
            process.standardOutput = output
            process.standardError = output
            process.environment = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
            try process.run()
        }

        deinit {
            process.terminate()
            process.waitUntilExit()
        }

        /// Reads its log until a line has been there so many times.
        func wait(for text: String, times: Int = 1) -> Bool {
            var log = Data()
            while String(decoding: log, as: UTF8.self).components(separatedBy: text).count <= times {
                let more = output.fileHandleForReading.availableData
                if more.isEmpty {
                    Issue.record("OpenSMTPD ended: \(String(decoding: log, as: UTF8.self))")
                    return false
                }
                log += more
            }
            return true
        }

        func kept() throws -> [String] {
            let new = folder.path + "/mail/new"
            return try FileManager.default.contentsOfDirectory(atPath: new).map {
                try String(contentsOfFile: "\(new)/\($0)", encoding: .utf8)
            }
        }
    }

    @Test("Each recipient gets the mail, and nobody sees who is hidden")
    func delivery() throws {
        let server = try Server()
        guard server.wait(for: "starting") else { return }
        let body = "Größe.\n.\nFrom here on\n" + String(repeating: "long ", count: 500)
        let mail = try MailMessage(
            from: "Shop ✓ <shop@a.example>", to: ["Ann <ann@b.example>"], cc: [], bcc: ["hidden@c.example"], replyTo: [],
            subject: "Grüße\r\nBcc: evil@d.example", body: body, isHTML: false, date: 1_709_209_845_678, identity: [1, 2, 3])
        try Sendmail(program: server.folder.path + "/sendmail").send(mail, milliseconds: 30_000)
        guard server.wait(for: "result=Ok", times: 2) else { return }

        let kept = try server.kept()
        let recipients = kept.compactMap { $0.split(separator: "\n").first { $0.hasPrefix("Delivered-To: ") } }
        #expect(Set(recipients) == ["Delivered-To: ann@b.example", "Delivered-To: hidden@c.example"])
        for text in kept {
            let mail = text.split(separator: "\n").filter { !$0.hasPrefix("Delivered-To:") }.joined(separator: "\n")
            #expect(mail.contains("Return-Path: <shop@a.example>"))
            #expect(mail.contains("Subject: =?UTF-8?B?" + Data("Grüße  Bcc: evil@d.example".utf8).base64EncodedString()))
            #expect(mail.contains("Message-ID: <010203@a.example>"))
            #expect(mail.contains("Gr=C3=B6=C3=9Fe.\n=2E\n=46rom here on\nlong "))
            #expect(!mail.contains("hidden"))
            #expect(!mail.contains("\nBcc:"))
        }
    }
}
