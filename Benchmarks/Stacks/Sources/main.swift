import FunctionStack
import Glibc
import Values
import XanoScript

// Runs one query of a workspace so many times over a body, as an event does it: the body parsed, the stack run, the
// answer printed as JSON. Prints the answer, then nanoseconds of processor time a run.

func processorTime() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

func contents(_ path: String) -> [UInt8] {
    guard let file = unsafe fopen(path, "r") else { return [] }
    defer { _ = unsafe fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe fread($0.baseAddress, 1, $0.count, file) }
    return Array(bytes.prefix(count))
}

let arguments = CommandLine.arguments
guard arguments.count == 5, let runs = Int(arguments[4]) else {
    print("stacks-speed WORKSPACE GROUP/QUERY BODY RUNS")
    exit(2)
}
let workspace = try Workspace.load(directory: arguments[1])
let program = Program(workspace, schema: nil)
guard let index = workspace.routes.named(arguments[2])?.query(.post), case .ready(let query) = program.query(at: index) else {
    print("no query \(arguments[2])")
    exit(1)
}
let body = contents(arguments[3])
let effects = Effects(
    records: nil, clock: { 1_700_000_000_000 }, monotonicClock: { 0 }, randomBytes: { Array(repeating: 0, count: $0) },
    log: { _ in })

@MainActor
func answer() throws -> [UInt8] {
    let request = StackRequest(
        method: "POST", uri: "/", contentType: "application/json", body: body, receivedAt: 1_700_000_000_000)
    let outcome = try program.run(query, request: request, effects: effects)
    if let error = outcome.error { throw error }
    switch outcome.body {
    case .json(let value): return JSON.print(value)
    case .raw(let text): return text.bytes
    }
}

print(String(decoding: try answer(), as: UTF8.self))
var best = Int.max
for _ in 0..<5 {
    let start = processorTime()
    for _ in 0..<runs { _ = try answer() }
    best = min(best, processorTime() - start)
}
print(best / runs)
