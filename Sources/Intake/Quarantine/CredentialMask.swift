import Cryptography
import Gateway
import Inbox
import Values
import Verification

/// Puts digests in the place of the credentials of a request, so that it can be kept: whether one was the configured
/// secret can still be told, and nothing else.
struct CredentialMask {
    let fingerprints: SecretFingerprints

    private static let start = Array("(hashed:".utf8)
    private static let end = UInt8(ascii: ")")
    private static let digits = 32
    /// Shorter credentials could stand anywhere in a body by chance: they count where they are a word of their own.
    private static let minimumCount = 8

    /// What stands for a credential.
    private func standIn(for credential: some Collection<UInt8>) -> [UInt8] {
        guard let digest = fingerprints.digest(ofCredential: Array(credential)) else { return HeaderRedaction.mark.bytes }
        return Self.start + Array(digest.utf8) + [Self.end]
    }

    // MARK: Headers

    /// - Parameter places: where the location's own credentials stand; those of others stand where they usually do.
    func masked(_ headers: [(name: String, value: Text)], _ places: CredentialPlaces) -> [HeaderField] {
        headers.map { name, value in
            let key = name.lowercased()
            if let place = places.headers.first(where: { $0.name == key }) {
                return HeaderField(Text(name), Text(bytes: masked(value.bytes, place)))
            }
            guard HeaderRedaction.isCredential(key), !places.signatures.contains(key) else { return HeaderField(Text(name), value) }
            let place = CredentialPlaces.Header(name: key, form: .authorization)
            return HeaderField(Text(name), Text(bytes: masked(value.bytes, place)))
        }
    }

    private func masked(_ value: [UInt8], _ place: CredentialPlaces.Header) -> [UInt8] {
        guard !value.isEmpty else { return value }
        var kept = 0
        if !place.prefix.isEmpty, value.starts(with: place.prefix) { kept = place.prefix.count }
        let word = place.form == .token ? nil : Self.schemeWord(of: value[kept...])
        kept += word?.count ?? 0
        if place.form == .signedToken, value[kept...].count(where: { $0 == UInt8(ascii: ".") }) >= 2,
            let dot = value.lastIndex(of: UInt8(ascii: "."))
        {
            kept = dot + 1
        }
        let credential = Array(value[kept...])
        guard !credential.isEmpty else { return value }
        let isBasic = word.map(Self.isBasic) ?? false
        let decoded = isBasic ? Base64.standard.decode(credential.span) : nil
        return Array(value[..<kept]) + standIn(for: decoded ?? credential)
    }

    /// `Bearer ` and the like, which are no part of what is secret.
    private static func schemeWord(of value: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let space = value.firstIndex(of: UInt8(ascii: " ")) else { return nil }
        let word = String(decoding: value[..<space], as: UTF8.self).lowercased()
        return ["bearer", "basic", "token", "apikey", "api-key", "key"].contains(word) ? value[...space] : nil
    }

    private static func isBasic(_ word: ArraySlice<UInt8>) -> Bool {
        String(decoding: word, as: UTF8.self).lowercased() == "basic "
    }

    // MARK: The address and the body

    func masked(uri: [UInt8], _ places: CredentialPlaces) -> [UInt8] {
        guard !places.parameters.isEmpty, let question = uri.firstIndex(of: UInt8(ascii: "?")) else { return uri }
        let ampersand = UInt8(ascii: "&")
        let pairs = uri[(question + 1)...].split(separator: ampersand, omittingEmptySubsequences: false).map { pair in
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")) else { return Array(pair) }
            let name = PercentEncoding.form.decode(Text(contentsOf: pair[..<equals])).string
            guard places.parameters.contains(name), equals + 1 < pair.endIndex else { return Array(pair) }
            return Array(pair[...equals]) + standIn(for: PercentEncoding.form.decode(Text(contentsOf: pair[(equals + 1)...])).bytes)
        }
        return Array(uri[...question]) + Array(pairs.joined(separator: [ampersand]))
    }

    /// - Parameter credentials: what the body holds of them.
    /// - Returns: nil if one of them cannot be taken out.
    func masked(body: [UInt8], _ credentials: [[UInt8]]) -> [UInt8]? {
        var body = body
        for credential in credentials where !credential.isEmpty {
            guard credential.count >= Self.minimumCount,
                let replaced = Self.replacing(credential, in: body, by: standIn(for: credential))
            else { return nil }
            body = replaced
        }
        return body
    }

    static func replacing(_ part: [UInt8], in bytes: [UInt8], by other: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var (position, count) = (0, 0)
        var search = ByteSearch(part.span)
        while let found = search.next(part.span, in: bytes.span, from: position) {
            result += bytes[position..<found] + other
            position = found + part.count
            count += 1
        }
        return count > 0 ? result + bytes[position...] : nil
    }

    // MARK: Anywhere

    /// Bytes in which none of the location's own credentials stands any more: a sender may bring one where nobody looks for
    /// it, and that is a mistake for which requests are kept.
    ///
    /// - Parameter encode: how the bytes may have it as well.
    func concealing(_ credentials: [[UInt8]], in bytes: [UInt8], encode: ([UInt8]) -> [UInt8] = { $0 }) -> [UInt8] {
        var bytes = bytes
        for credential in credentials {
            let encoded = encode(credential)
            for form in encoded == credential ? [credential] : [credential, encoded] {
                let replaced =
                    credential.count < Self.minimumCount
                    ? WordSearch(form).replacing(in: bytes, by: standIn(for: credential))
                    : Self.replacing(form, in: bytes, by: standIn(for: credential))
                if let replaced { bytes = replaced }
            }
        }
        return bytes
    }

    // MARK: The way back

    /// Bytes in which each stand-in of one of the candidates is that candidate again.
    ///
    /// - Parameter found: told which candidate it was.
    func unmasked(
        _ bytes: [UInt8], _ candidates: [[UInt8]], encode: ([UInt8]) -> [UInt8] = { $0 }, found: (Int) -> Void = { _ in }
    ) -> [UInt8] {
        var result: [UInt8] = []
        var position = 0
        var search = ByteSearch(Self.start.span)
        while let start = search.next(Self.start.span, in: bytes.span, from: position) {
            let end = start + Self.start.count + Self.digits
            guard end < bytes.count, bytes[end] == Self.end else {
                result += bytes[position..<(start + 1)]
                position = start + 1
                continue
            }
            let standIn = Array(bytes[start...end])
            let index = candidates.firstIndex { self.standIn(for: $0) == standIn }
            if let index { found(index) }
            result += bytes[position..<start]
            if Self.isBasic(result.suffix(6)) {
                // What nobody knows stays credentials in their form, so that they are not taken for malformed ones.
                result += Array(Base64.standard.encode(index.map { candidates[$0] } ?? standIn).utf8)
            } else {
                result += index.map { encode(candidates[$0]) } ?? standIn
            }
            position = end + 1
        }
        return result + bytes[position...]
    }
}
