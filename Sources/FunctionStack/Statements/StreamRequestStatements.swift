import Values
import XanoScript

/// `stream.from_request`, which is two statements of one name: with a `url` it streams another server's answer, without
/// one the body of the request that started the stack.
enum StreamRequestStatements {
    static let definitions = [
        StatementDefinition(
            "stream.from_request",
            attributes: [
                .optional("url"), .optional("format", .oneOf(AnswerFormat.allCases.map(\.rawValue))),
                .optional("separator", .text), .optional("chunk_size", .number),
            ] + OutboundStatements.exchange,
            lower: lower)
    ]

    private static func lower(_ use: StatementUse) -> (any StatementNode)? {
        if use["url"] != nil { return answer(use) }
        guard let format = use.node("format", default: "raw").constant.flatMap({ AnswerFormat(rawValue: $0.text.string) }) else {
            use.report(.type, "the format of stream.from_request is known when the stack is loaded", remedy: "write it as text")
            return nil
        }
        let body = RequestBodyNode()
        switch format {
        case .jsonl:
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                let bytes = body.bytes(machine)
                return .array(try StreamStatements.records(bytes, user: "stream.from_request", &machine))
            }
        case .csv: return rows(of: body, use)
        case .raw: return chunks(of: body, use)
        }
    }

    // MARK: Another server's answer

    /// The elements of a JSON array, else the records of its lines, else the one thing that it is.
    private static func answer(_ use: StatementUse) -> (any StatementNode)? {
        use.leavesMachine()
        let request = RequestNodes(use)
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            let outbound = try machine.run.outbound("stream.from_request")
            let answer = try request.compose(&machine).send(outbound, machine.run)
            try machine.charge(bytes: answer.body.count)
            // A stream has no place for a status.
            guard (200..<300).contains(answer.status) else {
                throw StackError.mistake("stream.from_request was answered with the status \(answer.status)")
            }
            let value = elements(of: answer)
            try machine.charge(received: value)
            return value
        }
    }

    private static func elements(of answer: OutboundAnswer) -> Value {
        let result = answer.result
        guard case .text(let text) = result else {
            if case .array = result { return result }
            return [result]
        }
        let lines = text.bytes.split(separator: UInt8(ascii: "\n"))
            .filter { !$0.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d } }
        let records = lines.map { try? JSON.parse(Array($0)) }
        guard !records.contains(nil) else { return [result] }
        return .array(records.compactMap(\.self))
    }

    // MARK: The request's own body

    private static func rows(of body: RequestBodyNode, _ use: StatementUse) -> (any StatementNode)? {
        let separator = [use.node("separator")]
        let hasHeaders = use.node("headers", default: true)
        guard let objects = use.filter("csv_parse", of: body, separator), let rows = use.filter("csv_decode", of: body, separator)
        else { return nil }
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            try machine.checked((try hasHeaders.condition(&machine) ? objects : rows).evaluate(&machine))
        }
    }

    private static func chunks(of body: RequestBodyNode, _ use: StatementUse) -> (any StatementNode)? {
        let size = use.node("chunk_size", default: 8192)
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            let size = try size.evaluate(&machine).index(for: "chunk_size")
            guard size > 0 else { throw StackError.mistake("The chunk_size of stream.from_request is at least 1") }
            let bytes = body.bytes(machine)
            try machine.charge(entries: bytes.count / size + 1)
            return .array(
                stride(from: 0, to: bytes.count, by: size).map { start in
                    .text(Text(contentsOf: bytes[start..<min(bytes.count - start, size) + start]))
                })
        }
    }
}

/// The body of the request that started the stack, as it came; empty where none did.
final class RequestBodyNode: ExpressionNode {
    func evaluate(_ machine: inout Machine) -> Value { .text(Text(bytes: bytes(machine))) }

    func bytes(_ machine: borrowing Machine) -> [UInt8] { machine.run.request?.body ?? [] }
}
