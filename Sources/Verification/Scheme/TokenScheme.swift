/// The secret itself, sent with each request. Nothing of the request is signed.
struct TokenScheme: Sendable, Equatable {
    enum Place: Sendable, Equatable {
        /// A header whose value is the token after a prefix.
        case header(String, prefix: [UInt8])
        /// `Authorization: Bearer TOKEN` (RFC 6750).
        case bearer
        /// A parameter of the query string.
        case query(String)
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
        try parameters.finish()
        switch (header, query) {
        case (let header?, nil):
            place = .header(header, prefix: Array((prefix ?? "").utf8))
        case (nil, let query?):
            guard prefix == nil else {
                throw parameters.problem(
                    .contradiction, "has prefix= beside query=", remedy: "a prefix is for header=: leave it out")
            }
            place = .query(query)
        case (nil, nil):
            throw parameters.problem(
                .missingParameter, "does not say where the token stands",
                remedy: "write token header=NAME, token bearer, or token query=NAME")
        case (_?, _?):
            throw parameters.problem(
                .contradiction, "has header= and query=", remedy: "the token stands in one place: leave one of them")
        }
    }
}
