internal import Values

extension SignaturePlace {
    /// Where it is, in words.
    func words(_ document: JSONSource = .body) -> String {
        switch self {
        case .header(let name): "header \(name)"
        case .query(let name): "parameter \(name) of the address"
        case .form(let name): "field \(name) of the form"
        case .json(let pointer): "\(pointer.text) of the JSON\(document.words)"
        }
    }
}

extension SignaturePlaces {
    func words(_ document: JSONSource) -> String {
        guard let last = places.last?.headerName, places.count > 1 else { return first.words(document) }
        if isNumbered { return "headers \(first.headerName ?? "") to \(last), up to the first that is absent" }
        return "headers \(places.compactMap(\.headerName).joined(separator: " and ")), of which one has to be there"
    }
}

extension JSONSource {
    var words: String {
        switch self {
        case .body: ""
        case .form(let name): " in the field \(name) of the form"
        }
    }
}

extension RequestField {
    /// Where it is, in words.
    package var words: String {
        switch self {
        case .header(let name): "header \(name)"
        case .json(let pointer): "\(pointer.text) of the JSON"
        case .form(let name, nil): "field \(name) of the form"
        case .form(let name, let pointer?): "\(pointer.text) of the JSON in the field \(name) of the form"
        }
    }
}
