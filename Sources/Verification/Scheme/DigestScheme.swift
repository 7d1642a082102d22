import Cryptography

/// A plain digest over parts of the request and the secret, as data: the word `digest-md5`, `digest-sha1`,
/// `digest-sha256`, `digest-sha384` or `digest-sha512`, and the parameters of `HMACScheme` but `key=`. The word
/// `{secret}` of `signed=` stands for the secret.
///
/// Whoever has a digest of this kind can make that of the same bytes with others behind them. Those always hold a NUL
/// byte, which no text has, so signed bytes with one are refused.
struct DigestScheme: Sendable, Equatable {
    var algorithm: DigestAlgorithm
    var form: SignatureForm

    init(_ algorithm: DigestAlgorithm, _ form: SignatureForm) {
        self.algorithm = algorithm
        self.form = form
    }

    init(_ algorithm: DigestAlgorithm, _ parameters: inout SchemeParameters) throws(SettingProblem) {
        self.algorithm = algorithm
        var cover = SignatureForm.BodyCover.signed
        form = try SignatureForm(&parameters, cover: &cover)
        try parameters.finish()
        try form.check(cover, parameters, hasSecretWord: true)
    }
}
