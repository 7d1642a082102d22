// A process of its own for the tests of Storage and Inbox: it is killed, it holds locks, it runs out of room.
// Called as: StorageProbe COMMAND DATABASE [ARGUMENT …]; it prints a line for each thing that it did.
import Dispatch
import Glibc
import Inbox
import Storage
import Synchronization
import Values

/// Writes a line at once: what is printed counts as acknowledged.
func say(_ text: String) {
    let bytes = Array((text + "\n").utf8)
    _ = unsafe bytes.withUnsafeBytes { unsafe write(1, $0.baseAddress, $0.count) }
}

func describe(_ error: any Error) -> String {
    guard let error = error as? DatabaseError else { return "other \(error)" }
    if error.isFull { return "full" }
    if error.isReadOnly { return "read-only" }
    if error.isBusy { return "busy" }
    if error.isInputOutput { return "input-output" }
    if error.isCorrupt { return "corrupt" }
    if error.cannotOpen { return "cannot-open" }
    return "other \(error)"
}

func arrival(_ key: String, bodySize: Int = 500) -> Arrival {
    var random = SystemRandomNumberGenerator()
    return Arrival(
        id: EventID(milliseconds: 1_700_000_000_000, random: &random), location: "probe", sender: "test",
        received: 1_700_000_000_000, key: DedupeKey(kind: "test", value: Array(key.utf8)), secrets: [],
        request: StoredRequest(
            method: "POST", path: "/hook", query: nil, headers: [HeaderField("Content-Type", "text/plain")],
            contentType: "text/plain", body: Array(repeating: 0x61, count: bodySize)))
}

/// Admits and settles one event in one transaction; gives its id if it is a new one.
func takeIn(_ arrival: Arrival, _ connection: Connection) throws -> EventID? {
    let inbox = Inbox(owner: nil)
    guard case .new(let attempt) = try inbox.admit(arrival, .here, on: connection) else { return nil }
    _ = try inbox.settle(
        attempt, .done(answer: StoredAnswer(status: 200, body: Array("ok".utf8))), isClaimed: false,
        at: arrival.received, on: connection)
    return attempt.id
}

func prepare(_ connection: Connection) throws {
    try connection.prepare(workspace: "probe", schemas: [Inbox.schema])
}

/// Waits until the standard input ends.
func waitForEnd() {
    var byte: UInt8 = 0
    while unsafe read(0, &byte, 1) > 0 {}
}

func runCommand(_ command: String, _ path: String, _ arguments: ArraySlice<String>) throws {
    switch command {
    case "acknowledge": try acknowledge(path)
    case "fill": try fill(path, ballast: arguments.first)
    case "limit": try limit(path, bytes: UInt(arguments.first ?? "") ?? 0)
    case "admit":
        let writer = try DirectWriter(.request(path), prepare: prepare)
        _ = try writer.perform { try takeIn(arrival("one"), $0) }
        say("admitted")
    case "race": try race(path, keys: Int(arguments.first ?? "") ?? 0)
    case "lock":
        let connection = try Connection(.serve(path))
        try connection.transaction {
            say("locked")
            waitForEnd()
        }
    case "claim":
        let owner = try ClaimOwner(database: path)
        let writer = try DirectWriter(.serve(path), prepare: prepare)
        let claimed = try writer.perform { try Inbox(owner: owner).claimNext(at: 0, until: .max, on: $0) }
        say(claimed?.attempt.id.text ?? "none")
        waitForEnd()
    case "drain":
        let owner = try ClaimOwner(database: path)
        say(try owner.tryBecomeDrain() ? "drain" : "second")
        waitForEnd()
    case "measure": try measure(path, Array(arguments))
    default: say("unknown command")
    }
}

/// Admits events without end, through the writer, a few at a time, and prints each id once it is acknowledged.
func acknowledge(_ path: String) throws {
    let writer = try Writer(.init(.serve(path)), prepare: prepare)
    let prefix = getpid()
    let free = DispatchSemaphore(value: 8)
    var number = 0
    while true {
        free.wait()
        number += 1
        let arrival = arrival("\(prefix)-\(number)")
        writer.submit { try takeIn(arrival, $0) } finish: { result in
            if let id = try? result.get() { say(id.text) }
            free.signal()
        }
    }
}

/// Admits events until the disk is full, says so, then removes `ballast` and admits one more.
func fill(_ path: String, ballast: String?) throws {
    let writer = try Writer(.init(.serve(path)), prepare: prepare)
    for number in 0..<100_000 {
        do {
            let id = try writer.perform { try takeIn(arrival("\(number)"), $0) }
            if let id { say(id.text) }
        } catch {
            say("error " + describe(error))
            break
        }
    }
    if let ballast { unsafe unlink(ballast) }
    let id = try writer.perform { try takeIn(arrival("after"), $0) }
    if let id { say("after " + id.text) }
}

/// Admits events until no file may grow any more.
func limit(_ path: String, bytes: UInt) throws {
    let writer = try Writer(.init(.serve(path)), prepare: prepare)
    signal(SIGXFSZ, SIG_IGN)
    var limit = rlimit(rlim_cur: bytes, rlim_max: bytes)
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    for number in 0..<100_000 {
        do {
            let id = try writer.perform { try takeIn(arrival("\(number)"), $0) }
            if let id { say(id.text) }
        } catch {
            say("error " + describe(error))
            return
        }
    }
}

/// Admits the keys that another process admits as well, and says what became of each.
func race(_ path: String, keys: Int) throws {
    let writer = try DirectWriter(.request(path), prepare: prepare)
    say("ready")
    var byte: UInt8 = 0
    _ = unsafe read(0, &byte, 1)
    var number = 0
    while number < keys {
        do {
            let key = "\(number)"
            let isNew = try writer.perform { try takeIn(arrival(key), $0) != nil }
            say((isNew ? "new " : "duplicate ") + key)
            number += 1
        } catch let error as DatabaseError where error.isBusy {
            // The other process has held the file for longer than anybody waits: the sender comes again.
            continue
        }
    }
}

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
    say("usage: StorageProbe COMMAND DATABASE [ARGUMENT …]")
    exit(2)
}
do {
    try runCommand(arguments[1], arguments[2], arguments[3...])
} catch {
    say("error " + describe(error))
    exit(1)
}
