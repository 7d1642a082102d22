import Glibc
import Verification

// Verifies GitHub's signature of a 2 kB body, or a signature by the algorithm that is named; prints nanoseconds of
// processor time a request. With `senders BYTES [NAME …]` it verifies an event of so many bytes of each sender that signs with an
// HMAC, and prints a line for each: its name, the digest, the bytes of the body, and the nanoseconds. With `addresses COUNT` it
// looks callers up in a list of so many ranges.

/// Headers are found at no cost, as in the loop in C: finding them is the web server's and the Gateway's work.
struct FixedRequest: SignedRequest {
    let method = "POST"
    let uri: [UInt8] = [UInt8(ascii: "/")]
    let body: [UInt8]
    let signature: [[UInt8]]

    func values(ofHeader name: String) -> [[UInt8]] { name == "X-Hub-Signature-256" ? signature : [] }
}

func processorTime() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

/// Nanoseconds that verification takes once: the best of five times `count` ones.
func best(of count: Int, _ isVerified: () -> Bool) -> Int {
    var best = Int.max
    for _ in 0..<5 {
        let start = processorTime()
        for _ in 0..<count where !isVerified() { exit(1) }
        best = min(best, processorTime() - start)
    }
    return best / count
}

if CommandLine.arguments.count > 2, CommandLine.arguments[1] == "senders", let size = Int(CommandLine.arguments[2]) {
    let wanted = CommandLine.arguments.dropFirst(3)
    for name in try SenderLoop.names where wanted.isEmpty || wanted.contains(name) {
        let loop = try SenderLoop(name, size: size)
        // As long as it takes to be measured, and a first time for what is made only once.
        let start = processorTime()
        for _ in 0..<10 where !loop.isVerified() {
            print("\(name) is not verified")
            exit(1)
        }
        let count = max(10, 60_000_000 / max(1, processorTime() - start))
        print(name, loop.algorithm, loop.request.body.count, best(of: count, loop.isVerified))
    }
    exit(0)
}

if CommandLine.arguments.count > 2, CommandLine.arguments[1] == "addresses", let ranges = Int(CommandLine.arguments[2]) {
    let loop = try AddressLoop(ranges)
    print(best(of: 2_000, loop.areVerified) / loop.count)
    exit(0)
}

if CommandLine.arguments.count > 1 {
    let loop = try SignatureLoop(CommandLine.arguments[1])
    print(best(of: 3_000, loop.isVerified))
    exit(0)
}

let rule = try VerificationRule("github")
var secrets = SecretSet()
try secrets.add(Array("It's a Secret to Everybody".utf8), from: "benchmark")
let body = [UInt8](repeating: UInt8(ascii: "x"), count: 2048)
let signed = try Signer(rule, secrets: secrets).sign(OutgoingMessage(body: body, id: "1"), at: 0)
let signature = signed.headers.filter { $0.name == "X-Hub-Signature-256" }.map(\.value)
let request = FixedRequest(body: body, signature: signature)
let verifier = try Verifier(rule, secrets: secrets)

print(best(of: 300_000) { if case .verified = verifier.verify(request, at: 0) { true } else { false } })
