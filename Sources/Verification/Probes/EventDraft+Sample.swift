internal import Values

// A sample, in place of a body that nobody gave.
extension EventDraft {
    var kind: Kind {
        if ["GET", "HEAD", "OPTIONS"].contains(settings.method) { return .none }
        if case .braintree = rule.scheme { return .xml }
        if case .travis = rule.scheme { return .json }
        if rule.scheme.documentField != nil { return .json }
        switch rule.profile?.contentType {
        case "multipart/form-data"?: return .parts
        case Self.formType?: return .form
        default: return rule.scheme.readsFields ? .form : .json
        }
    }

    func sample(_ id: String, _ padding: Int?) -> (body: [UInt8], type: String?) {
        let fill = padding.map { String(repeating: "x", count: $0) }
        switch kind {
        case .none: return ([], nil)
        case .json: return (document(id, fill).bytes, nil)
        case .form: return (form(id, fill), Self.formType)
        case .parts: return (parts(id, fill), "multipart/form-data; boundary=\(Self.boundary)")
        case .xml:
            return (
                Array("<notification><kind>check</kind><note>\(Self.note(id))</note>\(fill ?? "")</notification>".utf8), nil
            )
        }
    }

    private func document(_ id: String, _ fill: String?) -> SampleDocument {
        var document = SampleDocument()
        if case .sns = rule.scheme {
            // What SNS carries is a text; the signer puts it into a message of its own.
            document.setMember("postern_selftest", .text(Text(Self.note(id))))
            if let fill { document.setMember("padding", .text(Text(fill))) }
            return document
        }
        if case .json(let pointer)? = rule.profile?.eventTypeField { document.set(pointer.text, .text(Text(settings.eventType))) }
        // A field's JSON may hold them as well.
        if case .form(_, let pointer?)? = rule.profile?.eventTypeField { document.set(pointer.text, .text(Text(settings.eventType))) }
        for field in idFields {
            switch field {
            case .json(let pointer), .form(_, let pointer?): document.set(pointer.text, .text(Text(id)))
            case .header, .form(_, nil): break
            }
        }
        for place in rule.scheme.preparedPlaces { document.prepare(place) }
        for place in rule.scheme.neededPlaces { document.set(place, .text(Text(Self.needed(place)))) }
        document.setMember("postern_selftest", .text(Text(Self.note(id))))
        if let fill { document.setMember("padding", .text(Text(fill))) }
        return document
    }

    private func form(_ id: String, _ fill: String?) -> [UInt8] {
        var fields: [(String, String)] = []
        if case .form(let name, nil)? = rule.profile?.eventTypeField { fields.append((name, settings.eventType)) }
        for case .form(let name, nil) in idFields where !fields.contains(where: { $0.0 == name }) { fields.append((name, id)) }
        fields += fieldDocuments(id)
        for name in rule.scheme.neededFields { fields.append((name, Self.needed(name))) }
        fields.append(("postern_selftest", Self.note(id)))
        if let fill { fields.append(("padding", fill)) }
        return Array(
            fields.map { "\($0.0)=\(PercentEncoding.form.encode(Text($0.1)).string)" }.joined(separator: "&").utf8)
    }

    /// Fields that hold JSON in which the type or the id stands, as Mandrill's do.
    private func fieldDocuments(_ id: String) -> [(String, String)] {
        var documents: [(name: String, document: SampleDocument)] = []
        let types = [rule.profile?.eventTypeField].compactMap { $0 }.map { ($0, settings.eventType) }
        for (field, text) in types + idFields.map({ ($0, id) }) {
            guard case .form(let name, let pointer?) = field, name != rule.scheme.documentField else { continue }
            if !documents.contains(where: { $0.name == name }) { documents.append((name, SampleDocument())) }
            guard let index = documents.firstIndex(where: { $0.name == name }) else { continue }
            documents[index].document.set(pointer.text, .text(Text(text)))
        }
        return documents.map { ($0.name, String(decoding: $0.document.bytes, as: UTF8.self)) }
    }

    private func parts(_ id: String, _ fill: String?) -> [UInt8] {
        let fields = [("postern_selftest", Self.note(id))] + (fill.map { [("padding", $0)] } ?? [])
        let parts = fields.map { name, value in
            "--\(Self.boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        return Array((parts.joined() + "--\(Self.boundary)--\r\n").utf8)
    }

    /// What stands where the sender signs something beside the body.
    private static func needed(_ place: String) -> String {
        place.lowercased().hasSuffix("time") ? "1760000000" : "selftest"
    }
}
