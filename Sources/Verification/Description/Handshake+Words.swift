internal import Cryptography
internal import Values

extension Handshake {
    /// The question and the answer, in words.
    package var words: String {
        "\(question): \(answer)"
    }

    /// What is asked, in a few words: `GET, verify token`.
    package var brief: String {
        switch trust {
        case .signed: "signed \(method)"
        case .unsigned: method + (token == nil ? "" : ", verify token")
        case .enrol: "\(method) that brings the secret"
        }
    }

    private var question: String {
        let kind =
            switch trust {
            case .signed: "a signed \(method)"
            case .unsigned: "a \(method) that is not signed"
            case .enrol: "a \(method) that brings the secret"
            }
        let conditions = self.conditions.map(\.words) + (token.map { ["\($0.words) is the verify token"] } ?? [])
        guard !conditions.isEmpty else { return kind }
        return "\(kind), where " + conditions.joined(separator: " and ")
    }

    private var answer: String {
        let number = status == 200 ? "200" : "\(status)"
        if trust == .enrol {
            let back = form.map { ", answered \(number) with it \($0.words)" } ?? ", answered \(number)"
            return "\(echo?.words ?? "") is kept as the secret while postern events enroll waits for it\(back)"
        }
        var parts: [String] = []
        if let form, let echo { parts.append("\(echo.words) \(form.words)") }
        if let code, let echo {
            let prefix = code.prefix.isEmpty ? "" : ", \(Quoted.text(code.prefix)) before it,"
            parts.append(
                "the HMAC-\(code.algorithm.words) of \(echo.words) in \(code.encoding.expected)\(prefix) \(code.form.words)")
        }
        if let json { parts.append("the JSON \(json)") }
        parts += headers.map { "header \($0.name): \($0.value)" }
        return "answered \(number)" + (parts.isEmpty ? "" : " with " + parts.joined(separator: ", "))
    }
}

extension Handshake.Place {
    fileprivate var words: String {
        switch self {
        case .header(let name): "header \(name)"
        case .query(let name): "parameter \(name)"
        case .json(let pointer): "\(pointer.text) of the JSON"
        case .form(let name): "the only field \(name) of the form"
        }
    }
}

extension Handshake.Condition {
    fileprivate var words: String {
        switch self {
        case .equals(let place, "#"): "\(place.words) is a number"
        case .equals(let place, let value): "\(place.words) is \(value)"
        case .absent(let place): "there is no \(place.words)"
        case .keys(let keys): "the JSON has \(keys.joined(separator: ", ")) and nothing else"
        }
    }
}

extension Handshake.Form {
    fileprivate var words: String {
        switch self {
        case .text: "as text"
        case .json(let key): "as \(key) of a JSON object"
        case .header(let name): "in header \(name)"
        }
    }
}
