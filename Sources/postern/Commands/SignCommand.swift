import Verification

/// `postern sign`
enum SignCommand: CommandDefinition {
    static let name = "sign"
    static let summary = "Prints the headers that a sender would send with the body on standard input."
    static let operands = "--verify \"SENDER …\" --secret SOURCE [options] < body"
    static let details = """
        One header a line, fit for curl:
          postern sign --verify stripe --secret file:secret < body | curl -H @- --data-binary @body URL
        What the sender puts into the address instead is printed as "POST PATH" on standard error. What it puts into the
        body shows with --print body; --at and --id make both outputs those of one request.
        """
    static let options =
        SigningOptions.all + [
            Option("id", "ID", "the delivery's id (random)"),
            Option("url", "URL", "the whole address, for senders that sign it"),
            Option("print", "WHAT", "headers (as without it), or body: the body as the sender sends it"),
        ]

    static func run(_ arguments: Arguments) throws {
        guard arguments.operands.isEmpty else { throw UsageError("sign takes no operand; the body comes on standard input") }
        let url = arguments["url"]
        let what = arguments["print"] ?? "headers"
        guard ["headers", "body"].contains(what) else { throw UsageError("--print is headers or body") }
        let (message, body) = try SigningOptions.signed(arguments, url: url)
        if what == "body" {
            Standard.output(message.body)
            return
        }
        let given = Set(try SigningOptions.headers(arguments).map { $0.name.lowercased() })
        for header in message.headers where !given.contains(header.name.lowercased()) {
            Standard.output(Array("\(header.name): ".utf8) + header.value + [UInt8(ascii: "\n")])
        }
        let uri = try url.map { url throws(UsageError) in try SigningOptions.parts(of: url).uri } ?? "/"
        if message.uri != uri { Standard.error("\(message.method) \(message.uri)\n") }
        if message.body != body { Standard.error("The sender sends another body: print it with --print body\n") }
    }
}
