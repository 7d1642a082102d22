internal import Values

/// Where the requests of a location carry what may not be kept: the token or the password, and what handshakes bring of
/// that kind.
package struct CredentialPlaces: Sendable {
    package struct Header: Sendable {
        /// In lower case.
        package var name: String
        /// What stands before the credential.
        package var prefix: [UInt8]
        package var form: Form

        package init(name: String, prefix: [UInt8] = [], form: Form = .token) {
            self.name = name
            self.prefix = prefix
            self.form = form
        }
    }

    /// What a header's value is, behind its prefix.
    package enum Form: Sendable {
        /// The credential.
        case token
        /// The credential behind the name of a scheme (RFC 9110 section 11.4), where it has one.
        case authorization
        /// A signed token, of which only the signature is a secret.
        case signedToken
    }

    package fileprivate(set) var headers: [Header] = []
    /// Headers that hold a signature of the request itself, in lower case: of no use to anybody else, whatever their name.
    package fileprivate(set) var signatures: Set<String> = []
    /// Of the query string.
    package fileprivate(set) var parameters: [String] = []
    fileprivate var body: Body?

    fileprivate enum Body: Sendable {
        case form(String)
        case json(JSONPlaces, of: JSONSource)
        /// A signed token.
        case token(JSONPointer)
        case formToken(String)
    }
}

extension VerificationRule {
    /// Where a location's credentials stand.
    package var credentialPlaces: CredentialPlaces {
        var places = CredentialPlaces()
        switch scheme {
        case .basic: places.headers.append(.init(name: "authorization", form: .authorization))
        case .token(let scheme): places.add(scheme)
        case .jws(let scheme) where scheme.bodyClaim == nil: places.add(scheme)
        case .jws(let scheme): places.addSignatures([scheme.place])
        default: places.addSignatures(scheme.form?.places.places ?? [])
        }
        for handshake in profile?.handshakes ?? [] {
            places.add(handshake.token)
            if handshake.trust == .enrol { places.add(handshake.echo) }
        }
        return places
    }

    /// The token or what else of that kind the body of an event holds.
    ///
    /// - Returns: nil if it may hold some, and nobody can tell where.
    package func credentialsInBody(of request: some SignedRequest) -> [[UInt8]]? {
        guard !request.body.isEmpty, let place = credentialPlaces.body else { return [] }
        do throws(Refusal) {
            switch place {
            case .form(let name): return [try RequestContents(request, readsForm: true, document: nil).field(name)]
            case .json(let places, let source):
                return try places.texts(in: RequestContents(request, readsForm: source != .body, document: source).json)
            case .token(let pointer):
                let json = try RequestContents.parse(request.body, .body)
                return [Self.signature(try RequestContents.text(pointer, in: json))]
            case .formToken(let name):
                return [Self.signature(try RequestContents(request, readsForm: true, document: nil).field(name))]
            }
        } catch {
            return nil
        }
    }

    /// What follows the last dot.
    private static func signature(_ token: [UInt8]) -> [UInt8] {
        token.lastIndex(of: UInt8(ascii: ".")).map { Array(token[($0 + 1)...]) } ?? token
    }
}

extension Verifier {
    /// Where this location's credentials stand.
    package var credentialPlaces: CredentialPlaces { rule.credentialPlaces }

    /// The credentials that the body of a request holds, events and handshakes.
    ///
    /// - Returns: nil if it may hold some, and nobody can tell where.
    package func credentialsInBody(of request: some SignedRequest) -> [[UInt8]]? {
        offeredSecret(request).map { [$0] } ?? rule.credentialsInBody(of: request)
    }
}

extension CredentialPlaces {
    fileprivate mutating func add(_ scheme: TokenScheme) {
        switch scheme.place {
        case .header(let name, let prefix): headers.append(.init(name: name.lowercased(), prefix: prefix))
        case .bearer: headers.append(.init(name: "authorization", form: .authorization))
        case .query(let name): parameters.append(name)
        case .form(let name): body = .form(name)
        case .json(let places, let source): body = .json(places, of: source)
        }
    }

    fileprivate mutating func add(_ scheme: JWSScheme) {
        switch scheme.place {
        case .header(let name):
            headers.append(.init(name: name.lowercased(), prefix: scheme.prefix, form: .signedToken))
        case .query(let name): parameters.append(name)
        case .form(let name): body = .formToken(name)
        case .json(let pointer): body = .token(pointer)
        }
    }

    fileprivate mutating func addSignatures(_ places: [SignaturePlace]) {
        signatures.formUnion(places.compactMap { $0.headerName?.lowercased() })
    }

    fileprivate mutating func add(_ place: Handshake.Place?) {
        switch place {
        case .header(let name)?: headers.append(.init(name: name.lowercased()))
        case .query(let name)?: parameters.append(name)
        // Looked for in what has a handshake's form, and in nothing else.
        case .json?, .form?, nil: break
        }
    }
}
