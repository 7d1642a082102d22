internal import Values

// The operator's own body.
extension EventDraft {
    var hasNumericID: Bool {
        guard let document = settings.body.flatMap({ EventIdentity.json($0) }) else { return false }
        return idFields.contains { field in
            guard case .json(let pointer) = field, case .integer? = pointer.value(in: document) else { return false }
            return true
        }
    }

    /// The body with another id where it has one.
    func with(_ id: String, in body: [UInt8], _ message: OutgoingMessage) -> [UInt8] {
        idFields.reduce(body) { with(id, at: $1, in: $0, message) }
    }

    private func with(_ id: String, at field: RequestField, in body: [UInt8], _ message: OutgoingMessage) -> [UInt8] {
        switch field {
        case .json(let pointer):
            return Self.with(id, at: pointer, in: body) ?? body
        case .form(let name, let pointer):
            var message = message
            message.body = body
            guard let old = (try? message.fields())?.last(where: { $0.name == Array(name.utf8) })?.value else { return body }
            let new = pointer.map { Self.with(id, at: $0, in: old) ?? old } ?? Array(id.utf8)
            guard (try? message.setField(name, new)) != nil else { return body }
            return message.body
        case .header:
            return body
        }
    }

    private static func with(_ id: String, at pointer: JSONPointer, in body: [UInt8]) -> [UInt8]? {
        guard let document = EventIdentity.json(body), let old = pointer.value(in: document) else { return nil }
        var new = Value.text(Text(id))
        if case .integer = old, let number = Int64(id) { new = .integer(number) }
        if case .text = old {
            // Whatever else the body writes in its own way stays so.
            let spliced = Probes.replacing(JSON.print(old), with: JSON.print(new), in: body)
            if EventIdentity.json(spliced).flatMap({ pointer.value(in: $0) }) == new { return spliced }
        }
        return pointer.setting(new, in: document).map { JSON.print($0) }
    }

    static func padded(_ body: [UInt8], _ padding: Int?, isForm: Bool) -> [UInt8] {
        guard let padding else { return body }
        if isForm { return body + Array("&padding=".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: padding) }
        if let document = EventIdentity.json(body), case .object(var object) = document {
            object["padding"] = .text(Text(String(repeating: "x", count: padding)))
            return JSON.print(.object(object))
        }
        return body + [UInt8](repeating: UInt8(ascii: " "), count: padding)
    }
}
