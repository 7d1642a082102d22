import Foundation

@testable import XanoScript

enum Fixtures {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Fixtures")

    /// The `.xs` files of a folder of fixtures, by name.
    static func sources(in name: String) throws -> [SourceFile] {
        let folder = folder.appendingPathComponent(name)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".xs") }
            .sorted()
            .map { try SourceFile(path: $0, bytes: Array(Data(contentsOf: folder.appendingPathComponent($0)))) }
    }
}

extension SourceFile {
    convenience init(_ text: String, path: String = "test.xs") {
        self.init(path: path, bytes: Array(text.utf8))
    }
}

extension Parser {
    static func parse(_ text: String) -> (constructs: [Construct], diagnostics: [Diagnostic]) {
        parse(SourceFile(text))
    }

    /// The statements of a stack, and what is wrong with them.
    static func stack(_ text: String) -> (statements: [Statement], diagnostics: [Diagnostic]) {
        let (constructs, diagnostics) = parse("function \"f\" {\nstack {\n\(text)\n}\n}")
        guard case .function(let function)? = constructs.first?.kind else { return ([], diagnostics) }
        return (function.body.stack, diagnostics)
    }

    /// The columns of an input block, and what is wrong with them.
    static func inputs(_ text: String) -> (columns: [Column], diagnostics: [Diagnostic]) {
        let (constructs, diagnostics) = parse("function \"f\" {\ninput {\n\(text)\n}\n}")
        guard case .function(let function)? = constructs.first?.kind else { return ([], diagnostics) }
        return (function.body.inputs, diagnostics)
    }
}

/// A folder that is removed when the test is over.
final class TemporaryFolder {
    let path: String

    init(_ files: [String: String] = [:]) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("xanoscript-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for (name, text) in files { try write(text, to: name) }
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func write(_ text: String, to name: String) throws {
        let file = path + "/" + name
        let folder = (file as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try text.write(toFile: file, atomically: true, encoding: .utf8)
    }

    func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
    }
}
