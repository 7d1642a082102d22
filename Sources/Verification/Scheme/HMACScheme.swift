import Cryptography

/// An HMAC over parts of the request, as data. Most senders sign so. In `POSTERN_VERIFY` and in the catalogue it is
/// the word `hmac-md5`, `hmac-sha1`, `hmac-sha256`, `hmac-sha384` or `hmac-sha512` and these parameters:
///
///     header=NAME            the header that carries the signature. It may be repeated: those that are absent are
///                            passed over, but one must be there. X-Signature-{1-100} is a row of numbered headers,
///                            which the first that is absent ends
///     query=NAME             or a parameter of the query string
///     form=NAME              or a field of the form
///     json=/pointer          or a place in the JSON document
///     document=form:NAME     the JSON document is the text of this form field; without it, the body
///     require="NAME: VALUE"  a header that must come with this value; may be repeated
///     prefix=TEXT            what stands before the signature
///     encoding=hex           or hex-upper, hex-any, base64, base64-any, base64url, base64-hex
///     signed={body}          the signed bytes: literal text and the words below
///     timestamp-header=NAME  the header that holds the timestamp; or timestamp-query=, -form=, -json=
///     timestamp-unit=s       or ms, rfc3339
///     id-header=NAME         the header that {id} stands for
///     items=TEXT             what stands between several signatures; without it there is one
///     spaces=allowed         spaces after what stands between them do not count
///     pair=TEXT, tag=TEXT    what stands between an item's tag and its value, and the tag of a signature
///     timestamp-tag=TEXT     the tag of the timestamp, if it is one of the items
///     id-tag=TEXT            the tag of what {id} stands for, if that is one of the items
///     timestamp-index=0      the item that is the timestamp, from 0, if items have no tags
///     signed-headers=NAME    the header that lists the names of {canonical_headers}
///     must-sign=NAME         a header that has to be in that list, if it comes; may be repeated
///     webhook-id=TEXT        what {webhook_id} stands for
///     key=utf8               or base64, hex, nfkd, sha1, base64-if-prefixed: how the secret becomes the key
///     key-prefix=TEXT        taken off the secret first, if it is there; may be repeated
///     body=unsigned          says expressly that the body is not in signed=
///
/// The words of `signed=`:
///
///     {body}                 the raw body
///     {timestamp} {id}       as the request writes them
///     {url}                  POSTERN_URL, the path and the query
///     {method} {path} {query} {header:NAME}
///     {json:/pointer}        text, or a number, true or false, at a place in the JSON document
///     {form:NAME}            the value of a form's field, decoded
///     {form_sorted_kv}       the fields sorted by name, names and values joined
///     {md5:body}             the body's digest in lower-case hexadecimal; also sha1, sha256, sha384, sha512
///     {crc32:body}           in decimal digits
///     {decoded_url}          {url} with %3A %2F %3F %40 %21 %24 %27 %28 %29 %2A %2C %3B decoded, as HubSpot does
///     {escaped_path}         path and query as Contentful escapes them
///     {canonical_headers}    the listed headers, name:value, in small letters, sorted, ; between them
///     {webhook_id}
struct HMACScheme: Sendable, Equatable {
    var algorithm: DigestAlgorithm
    let keyRule: KeyRule
    var form: SignatureForm

    init(_ algorithm: DigestAlgorithm, _ keyRule: KeyRule, _ form: SignatureForm) {
        self.algorithm = algorithm
        self.keyRule = keyRule
        self.form = form
    }

    init(_ algorithm: DigestAlgorithm, _ parameters: inout SchemeParameters) throws(SettingProblem) {
        self.algorithm = algorithm
        var cover = SignatureForm.BodyCover.signed
        form = try SignatureForm(&parameters, cover: &cover)
        keyRule = KeyRule(
            encoding: try parameters.choose("key") ?? .utf8, prefixes: parameters.takeAll("key-prefix"))
        try parameters.finish()
        try form.check(cover, parameters)
        if keyRule.encoding == .base64IfPrefixed, keyRule.prefixes.isEmpty {
            throw parameters.problem(
                .missingParameter, "has key=base64-if-prefixed without key-prefix=", remedy: "add key-prefix=whsec_")
        }
    }
}
