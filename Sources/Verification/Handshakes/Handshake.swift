internal import Cryptography
internal import Values

/// A request by which a sender asks whether an address is its owner's, or hands its secret over, as data.
///
/// In the catalogue it is a line of words; `Handshake+Line.swift` reads them:
///
///     signed              it is signed as events are, so it is answered only once it is verified; or
///     unsigned            it is answered as it is, if it has exactly this form; or
///     enrol               it brings the secret, and counts only while the operator waits for one
///     GET, HEAD, OPTIONS  its verb, if not POST
///     PLACE=VALUE         what tells it from an event: this value at header:NAME, query:NAME or json:/POINTER. A number,
///                         [] and {} are those of JSON. form:NAME is the only field of a form; # is any number
///     no=PLACE            nothing stands there
///     keys=A,B            the body is an object of these keys
///     token=PLACE         there stands the text that the location has as verify-token=
///     echo=PLACE          what the answer repeats, or what is signed, or the secret
///     of=CLASS            which characters that has: token (letters, digits, . _ -), which is the default, word (without
///                         the dot), base64 (token and ~ + / =), text (printable ASCII without < > & " ' ` \), hex (with
///                         small letters)
///     length=MIN-MAX      how long that is, or length=MAX; 1-256 without it
///     as=FORM             how the answer has it: text, json:KEY or header:NAME
///     hmac=ALGORITHM-ENCODING  the answer holds an HMAC of it under the secret
///     hmac-prefix=TEXT    what stands before that; {public-key} in it is Braintree's
///     hmac-as=FORM        how the answer has it
///     json=TEXT           the answer's body as JSON, word for word
///     header=NAME:VALUE   a header of the answer, word for word; may be repeated
///     status=STATUS       of the answer, if not 200
package struct Handshake: Sendable, Equatable {
    /// What has to be known before it is answered.
    enum Trust: String, Sendable {
        case signed, unsigned, enrol
    }

    enum Place: Sendable, Equatable {
        case header(String)
        case query(String)
        case json(JSONPointer)
        /// The only field of a form.
        case form(String)
    }

    enum Condition: Sendable, Equatable {
        case equals(Place, String)
        case absent(Place)
        case keys([String])
    }

    /// How the answer holds something.
    enum Form: Sendable, Equatable {
        case text
        case json(String)
        case header(String)
    }

    struct Code: Sendable, Equatable {
        var algorithm: DigestAlgorithm
        var encoding: SignatureEncoding
        var prefix = ""
        var form = Form.text
    }

    let trust: Trust
    var method = "POST"
    var conditions: [Condition] = []
    var token: Place?
    var echo: Place?
    var shape = ChallengeShape()
    var form: Form?
    var code: Code?
    var json: String?
    var headers: [HandshakeAnswer.Header] = []
    var status = 200

    /// Whether the body has to be read as JSON.
    var readsJSON: Bool {
        let places = conditions.map(\.place) + [token, echo]
        return conditions.contains { if case .keys = $0 { true } else { false } }
            || places.contains { if case .json? = $0 { true } else { false } }
    }

    /// Whether it has no body: what stands there would be somebody else's.
    var hasNoBody: Bool {
        let places = conditions.map(\.place) + [token, echo]
        let readsForm = places.contains { if case .form? = $0 { true } else { false } }
        return method != "POST" || trust == .unsigned && !readsJSON && !readsForm
    }
}

extension Handshake.Condition {
    var place: Handshake.Place? {
        switch self {
        case .equals(let place, _), .absent(let place): place
        case .keys: nil
        }
    }
}

extension Handshake.Place {
    /// nil if the text is of none of the forms.
    init?(_ text: Substring) {
        if text.hasPrefix("header:"), HeaderName.isValid(String(text.dropFirst(7))) {
            self = .header(String(text.dropFirst(7)))
        } else if text.hasPrefix("query:"), text.utf8.count > 6 {
            self = .query(String(text.dropFirst(6)))
        } else if text.hasPrefix("form:"), text.utf8.count > 5 {
            self = .form(String(text.dropFirst(5)))
        } else if text.hasPrefix("json:"), let pointer = RequestField.pointer(String(text.dropFirst(5))) {
            self = .json(pointer)
        } else {
            return nil
        }
    }

    var carrier: Carrier {
        switch self {
        case .header(let name): .header(name)
        case .query(let name): .query(name)
        case .json(let pointer): .json(pointer.text)
        case .form(let name): .field(name)
        }
    }
}
