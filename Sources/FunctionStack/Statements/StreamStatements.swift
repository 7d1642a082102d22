import Values
import XanoScript

/// `stream.from_csv`, `stream.from_jsonl`, `api.stream`. A body is bounded and there when the stack begins, so a stream
/// is the list of what it would give.
enum StreamStatements {
    static let definitions = [
        StatementDefinition(
            "stream.from_csv",
            attributes: [
                .required("value"), .optional("headers", .boolean), .optional("separator", .text),
                .optional("enclosure", .text), .optional("escape_char", .text),
            ], lower: fromCSV),
        StatementDefinition("stream.from_jsonl", attributes: [.required("value")], lower: fromJSONL),
        StatementDefinition(
            "api.stream",
            attributes: [
                .optional("value"), .optional("format", .oneOf(AnswerFormat.allCases.map(\.rawValue) + ["sse"])),
                .optional("headers", .list), .optional("filename"),
            ], lower: answer),
    ]

    // MARK: Inputs

    /// What the filters `csv_parse` and `csv_decode` do with the bytes of a file.
    private static func fromCSV(_ use: StatementUse) -> (any StatementNode)? {
        let text = FileTextNode(use.node("value"), user: "stream.from_csv")
        let shape = ["separator", "enclosure", "escape_char"].map { use.node($0) }
        let hasHeaders = use.node("headers", default: true)
        guard let objects = use.filter("csv_parse", of: text, shape), let rows = use.filter("csv_decode", of: text, shape)
        else { return nil }
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            try machine.checked((try hasHeaders.condition(&machine) ? objects : rows).evaluate(&machine))
        }
    }

    private static func fromJSONL(_ use: StatementUse) -> (any StatementNode)? {
        let text = FileTextNode(use.node("value"), user: "stream.from_jsonl")
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            let bytes = try text.evaluate(&machine).text.bytes
            return .array(try records(bytes, user: "stream.from_jsonl", &machine))
        }
    }

    /// JSON values, one a line.
    static func records(_ bytes: [UInt8], user: String, _ machine: inout Machine) throws -> [Value] {
        var records: [Value] = []
        var number = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            try machine.count()
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }) { continue }
            do throws(JSONError) {
                records.append(try JSON.parse(Array(line)))
            } catch {
                throw StackError(.inputError, Text("\(user): record in line \(number): \(error.message)"))
            }
            try machine.charge(received: records[records.count - 1])
        }
        try machine.charge(entries: records.count)
        return records
    }

    // MARK: Answers

    /// The stream is the answer, whatever follows.
    private static func answer(_ use: StatementUse) -> (any StatementNode)? {
        let given = use.node("format")
        guard let constant = given.constant else {
            use.report(.type, "the format of api.stream is known when the stack is loaded", remedy: "write it as text")
            return nil
        }
        guard constant.text != "sse" else {
            use.report(
                .unsupported, "events are sent over an answer that stays open, and this one is sent whole",
                remedy: "answer with format = \"jsonl\", or let the client ask again")
            return nil
        }
        return AnswerStatement(
            use.node("value"), format: AnswerFormat(rawValue: constant.text.string), names: use.node("headers"),
            filename: use.node("filename"))
    }
}

/// How `api.stream` writes what it is given.
enum AnswerFormat: String, CaseIterable, Sendable {
    case jsonl, csv, raw

    var contentType: String {
        switch self {
        case .jsonl: "application/x-ndjson"
        case .csv: "text/csv; charset=utf-8"
        case .raw: "application/octet-stream"
        }
    }
}

/// `api.stream { format = "jsonl" value = $rows }`
final class AnswerStatement: StatementNode {
    let value: any ExpressionNode
    let format: AnswerFormat?
    let names: any ExpressionNode
    let filename: any ExpressionNode

    init(
        _ value: any ExpressionNode, format: AnswerFormat?, names: any ExpressionNode, filename: any ExpressionNode
    ) {
        self.value = value
        self.format = format
        self.names = names
        self.filename = filename
    }

    func execute(_ machine: inout Machine) throws -> Flow {
        let value = try value.evaluate(&machine)
        let filename = try filename.evaluate(&machine).text
        if !filename.isEmpty {
            let quoted = filename.string.filter { $0 != "\"" && $0 != "\\" }
            try machine.run.headers.set(Text("Content-Disposition: attachment; filename=\"\(quoted)\""), replaces: true)
        }
        guard let format else {
            machine.returned = value
            return .return
        }
        if machine.run.headers.contentType == nil {
            try machine.run.headers.set(Text("Content-Type: " + format.contentType), replaces: true)
        }
        machine.returned = .text(Text(bytes: try bytes(of: value, format, &machine)))
        return .return
    }

    private func bytes(of value: Value, _ format: AnswerFormat, _ machine: inout Machine) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var names: [Text]?
        if format == .csv, case .array(let given) = try self.names.evaluate(&machine) {
            let given = given.map(\.text)
            CSV().append(given, to: &bytes)
            names = given
        }
        for row in value.rows {
            try machine.count()
            let start = bytes.count
            switch format {
            case .raw: row.append(to: &bytes)
            case .jsonl:
                JSON.append(row, to: &bytes)
                bytes.append(UInt8(ascii: "\n"))
            case .csv: append(row, &names, to: &bytes)
            }
            try machine.charge(bytes: bytes.count - start)
        }
        return bytes
    }

    /// The first row gives the names, where nobody else did.
    private func append(_ row: Value, _ names: inout [Text]?, to bytes: inout [UInt8]) {
        switch row {
        case .object(let object):
            if names == nil {
                names = object.keys
                CSV().append(object.keys, to: &bytes)
            }
            CSV().append((names ?? []).map { (object[$0] ?? .null).text }, to: &bytes)
        case .array(let fields): CSV().append(fields.map(\.text), to: &bytes)
        default: CSV().append([row.text], to: &bytes)
        }
    }
}

/// The bytes of a file that an input holds, or text as it is.
final class FileTextNode: ExpressionNode {
    let base: any ExpressionNode
    let user: String

    init(_ base: any ExpressionNode, user: String) {
        self.base = base
        self.user = user
    }

    func evaluate(_ machine: inout Machine) throws -> Value { .text(try base.evaluate(&machine).fileText(for: user)) }
}

extension Value {
    /// The bytes of a file resource, or text as it is.
    func fileText(for user: String) throws -> Text {
        switch self {
        case .text(let text): return text
        case .null: return Text()
        case .object(let object): if case .text(let data)? = object["data"] { return data }
        default: break
        }
        throw StackError.wrongType(user, expected: "a file or text", got: self)
    }

    /// What a stream consists of: the elements of a list, or the one thing that it is.
    fileprivate var rows: [Value] {
        switch self {
        case .array(let items): items
        case .null: []
        default: [self]
        }
    }
}
