import FunctionStack
import Gateway
import Inbox
import Values

extension Outcome {
    /// The answer as it is stored and sent.
    var stored: StoredAnswer {
        let hasType = headers.contains { $0.name.lowercased() == "content-type" }
        var fields = headers.map { HeaderField(Text($0.name), Text($0.value)) }
        switch body {
        case .json(let value):
            if !hasType { fields.append(HeaderField("Content-Type", "application/json")) }
            return StoredAnswer(status: status, headers: fields, body: JSON.print(value))
        case .raw(let text):
            return StoredAnswer(status: status, headers: fields, body: text.bytes)
        }
    }

    /// What the log and the inbox say of the error that ended the run.
    var failure: String? {
        guard let error else { return nil }
        var text = "\(error.code): \(error.message)"
        if case .bound(let bound) = error.kind { text += " [\(bound)]" }
        if let location = error.location { text += " (\(location))" }
        if let remedy = error.remedy { text += "; \(remedy)" }
        return text
    }
}

extension Response {
    /// The answer to a delivery of the event `id`.
    init(_ answer: StoredAnswer, event id: EventID?, isDuplicate: Bool = false) {
        var response = Response(status: answer.status, body: answer.body)
        do {
            for field in answer.headers { try response.add(field.name.string, field.value.string) }
            if let id { try response.set(Response.eventHeader, id.text) }
            if isDuplicate { try response.set(Response.duplicateHeader, "1") }
        } catch {
            // A header that the Gateway does not send: the stack's author has to know.
            response = .error(500, "ERROR_FATAL", "The answer has a header that cannot be sent.")
            if let id { response = response.with(Response.eventHeader, id.text) }
        }
        self = response
    }
}
