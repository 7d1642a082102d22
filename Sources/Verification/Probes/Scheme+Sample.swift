internal import Values

// What a sample has to have for a scheme.
extension Scheme {
    /// The form field whose text is the JSON document.
    var documentField: String? {
        if case .form(let name)? = form?.document { return name }
        if case .token(let token) = self, case .json(_, of: .form(let name)) = token.place { return name }
        return nil
    }

    /// Whether something of it stands in fields of a form.
    var readsFields: Bool {
        switch self {
        case .twilio, .paddleClassic: true
        case .token(let token): if case .form = token.place { true } else { false }
        case .jws(let scheme): scheme.place.readsForm
        default: form?.readsForm == true
        }
    }

    /// Places in the document that a signer writes.
    var preparedPlaces: [String] {
        switch self {
        case .token(let token): if case .json(let places, _) = token.place { [places.text] } else { [] }
        case .jws(let scheme): [scheme.place].compactMap(\.pointerText)
        default: [form?.places.first, form?.timestamp?.place].compactMap { $0?.pointerText }
        }
    }

    /// Places in the document that are signed.
    var neededPlaces: [String] {
        if case .adyen = self { return AdyenCheck.fields.map { AdyenCheck.items + "/0/NotificationRequestItem" + $0 } }
        let written = preparedPlaces
        return (form?.template.derived ?? []).compactMap { word in
            if case .json(let pointer) = word, !written.contains(pointer.text) { pointer.text } else { nil }
        }
    }

    /// Fields of a form that are signed.
    var neededFields: [String] {
        (form?.template.derived ?? []).compactMap { word in if case .form(let name) = word { name } else { nil } }
    }
}

extension SignaturePlace {
    fileprivate var pointerText: String? { if case .json(let pointer) = self { pointer.text } else { nil } }
}
