extension SignatureForm {
    /// What the parts of a scheme make together.
    ///
    /// - Parameter hasSecretWord: whether the scheme takes the secret as a word of the template.
    func check(
        _ cover: BodyCover, _ parameters: SchemeParameters, hasSecretWord: Bool = false
    ) throws(SettingProblem) {
        try checkSecret(hasSecretWord, parameters)
        try checkBody(cover, parameters)
        try checkTimestamp(parameters)
        try checkIdentifier(parameters)
        try checkCanonicalHeaders(parameters)
        try checkPlaces(parameters)
    }

    private func checkSecret(_ isWord: Bool, _ parameters: SchemeParameters) throws(SettingProblem) {
        if template.contains(.secret), !isWord {
            throw parameters.problem(
                .contradiction, "has {secret} in signed=, but the secret is the key of an HMAC",
                remedy: "take it out, or write digest- in place of hmac- if the sender makes a plain digest")
        }
        if isWord, !template.contains(.secret) {
            throw parameters.problem(
                .uncovered, "makes a plain digest without {secret} in signed=, so anybody could make one",
                remedy: "put {secret} where the sender puts it: signed={secret}{body}")
        }
    }

    private func checkBody(_ cover: BodyCover, _ parameters: SchemeParameters) throws(SettingProblem) {
        guard template.readsRequest else {
            throw parameters.problem(
                .uncovered, "signs nothing of the request",
                remedy: "put {body} into signed=; for a fixed value use token")
        }
        let isCovered = coversBody || template.derived.contains(.checksum(.crc32))
        switch (cover, isCovered) {
        case (.signed, true), (.unsigned, false): break
        case (.signed, false):
            throw parameters.problem(
                .uncovered, "has signed= without {body}, so anybody could change the body",
                remedy: "add {body}; if the sender really does not sign it, say so with body=unsigned")
        case (.unsigned, true):
            throw parameters.problem(
                .contradiction, "has body=unsigned, but the body in signed=", remedy: "leave out body=unsigned")
        }
    }

    private func checkTimestamp(_ parameters: SchemeParameters) throws(SettingProblem) {
        guard let timestamp else {
            guard !template.contains(.timestamp) else {
                throw parameters.problem(
                    .missingParameter, "has {timestamp} in signed=, but no place where it stands",
                    remedy: "add timestamp-header=X-Timestamp, or timestamp-tag=t if it stands beside the signature")
            }
            return
        }
        if !template.contains(.timestamp), !isSigned(timestamp.place) {
            throw parameters.problem(
                .uncovered, "has a timestamp that is not among the signed bytes, so anybody could change it",
                remedy: "put {timestamp} into signed= where the sender does, or leave the timestamp out")
        }
    }

    /// Whether what stands at the timestamp's place is among the signed bytes by another word than `{timestamp}`.
    private func isSigned(_ place: SignaturePlace?) -> Bool {
        switch place {
        case .json(let pointer)?:
            template.derived.contains(.json(pointer)) || template.contains(.body) && document == .body
        case .form(let name)?: template.derived.contains(.form(name)) || template.derived.contains(.sortedForm)
        case .header(let name)?: template.coversHeader(name) || signsCanonicalHeader(name)
        case .query?: template.contains(.url) || template.contains(.query)
        case nil: false
        }
    }

    private func checkIdentifier(_ parameters: SchemeParameters) throws(SettingProblem) {
        let name = idHeader != nil ? "id-header" : "id-tag"
        if idHeader != nil, layout.idTag != nil {
            throw parameters.problem(
                .contradiction, "has both id-header= and id-tag=", remedy: "the id stands in one place: leave one of them")
        }
        switch (idHeader != nil || layout.idTag != nil, template.contains(.id)) {
        case (true, true), (false, false): break
        case (false, true):
            throw parameters.problem(
                .missingParameter, "has {id} in signed=, but no header that holds it",
                remedy: "add id-header=X-Id, or id-tag=id if it stands beside the signature")
        case (true, false):
            throw parameters.problem(
                .contradiction, "has \(name)=, but no {id} in signed=",
                remedy: "add {id} where the sender signs it, or leave out \(name)= and set POSTERN_DEDUPE=header:NAME")
        }
    }

    private func checkCanonicalHeaders(_ parameters: SchemeParameters) throws(SettingProblem) {
        switch (canonicalHeaders, template.derived.contains(.canonicalHeaders)) {
        case (_?, true), (nil, false): break
        case (nil, true):
            throw parameters.problem(
                .missingParameter, "has {canonical_headers} in signed=, but no header that lists them",
                remedy: "add signed-headers=X-Signed-Headers")
        case (_?, false):
            throw parameters.problem(
                .uncovered, "has signed-headers=, but no {canonical_headers} in signed=",
                remedy: "add {canonical_headers} where the sender signs them")
        }
    }

    /// What carries the signature cannot be among the bytes that it signs, and a timestamp stands once.
    private func checkPlaces(_ parameters: SchemeParameters) throws(SettingProblem) {
        let signsItself = places.places.contains { place in
            switch place {
            case .header(let name): coversHeader(name) || name.isListed(by: canonicalHeaders)
            case .query: template.readsQuery
            case .form(let name):
                template.contains(.body) || template.derived.contains(.form(name))
                    || template.derived.contains(.sortedForm) || template.derived.contains(where: \.coversBody)
            case .json(let pointer):
                template.contains(.body) || template.derived.contains(.json(pointer))
                    || template.derived.contains(where: \.coversBody)
            }
        }
        if signsItself {
            throw parameters.problem(
                .contradiction, "signs what carries the signature itself", remedy: "take it out of signed=")
        }
        if places.places.count > 1, layout.holdsTimestamp || layout.idTag != nil {
            let what = layout.holdsTimestamp ? "a timestamp" : "an id"
            throw parameters.problem(
                .contradiction, "has \(what) beside each of several signatures",
                remedy: "name the one header that carries both")
        }
    }
}

extension String {
    fileprivate func isListed(by headers: CanonicalHeaders?) -> Bool {
        guard let headers else { return false }
        return HeaderName.areEqual(headers.list, self) || headers.covers(self)
    }
}
