internal import Values

/// The secret itself, sent with each request. Nothing of the request is signed. In `POSTERN_VERIFY` and in the
/// catalogue it is the word `token` and these words:
///
///     bearer               Authorization: Bearer TOKEN
///     header=NAME          or a header whose value is the token; prefix=TEXT, what stands before it
///     query=NAME           or a parameter of the query string
///     form=NAME            or a field of the form
///     json=/pointer        or a place in the JSON document, where * stands for every item of an array: each must hold
///                          the token
///     document=form:NAME   the JSON document is the text of this form field; without it, the body
struct TokenScheme: Sendable, Equatable {
    enum Place: Sendable, Equatable {
        /// A header whose value is the token after a prefix.
        case header(String, prefix: [UInt8])
        /// `Authorization: Bearer TOKEN` (RFC 6750).
        case bearer
        /// A parameter of the query string.
        case query(String)
        /// A field of the form.
        case form(String)
        /// Places in the JSON document.
        case json(JSONPlaces, of: JSONSource)
    }

    let place: Place

    init(_ words: ArraySlice<SettingWord>) throws(SettingProblem) {
        if words.first == SettingWord(name: "bearer") {
            let parameters = try SchemeParameters("token bearer", words.dropFirst())
            try parameters.finish()
            place = .bearer
            return
        }
        var parameters = try SchemeParameters("token", words)
        let header = try parameters.headerName("header")
        let query = parameters.take("query")
        let prefix = parameters.take("prefix")
        let field = parameters.take("form")
        let pointer = try Self.places(&parameters)
        let source = try JSONSource(&parameters)
        try parameters.finish()
        let places: [Place] = [
            header.map { .header($0, prefix: Array((prefix ?? "").utf8)) }, query.map { .query($0) },
            field.map { .form($0) }, pointer.map { .json($0, of: source) },
        ].compactMap { $0 }
        guard let place = places.first else {
            throw parameters.problem(
                .missingParameter, "does not say where the token stands",
                remedy: "write token header=NAME, token bearer, token query=NAME, form=NAME or json=/pointer")
        }
        guard places.count == 1 else {
            throw parameters.problem(
                .contradiction, "has more than one of header=, query=, form= and json=",
                remedy: "the token stands in one place: leave one of them")
        }
        guard prefix == nil || header != nil else {
            throw parameters.problem(
                .contradiction, "has prefix= without header=", remedy: "a prefix is for header=: leave it out")
        }
        guard source == .body || pointer != nil else {
            throw parameters.problem(
                .contradiction, "has document= without json=", remedy: "say where in the document the token stands")
        }
        self.place = place
    }

    private static func places(_ parameters: inout SchemeParameters) throws(SettingProblem) -> JSONPlaces? {
        guard let text = parameters.take("json") else { return nil }
        guard let places = JSONPlaces(text) else {
            throw parameters.problem(
                .badValue, "has json= with what is no JSON pointer",
                remedy: "write json=/token, or json=/items/*/token for one in each item")
        }
        return places
    }
}
