import Dispatch
import Glibc
import Inbox
import Storage
import Values

/// Measures events taken in and settled through the writer. Arguments: events, threads, outstanding jobs of each
/// thread, bytes of the body, `fsync` or `commit`, `uncounted` for events that no secret verified.
func measure(_ path: String, _ arguments: [String]) throws {
    func number(_ index: Int, _ other: Int) -> Int {
        arguments.indices.contains(index) ? Int(arguments[index]) ?? other : other
    }
    let events = number(0, 100_000)
    let threads = number(1, 2)
    let outstanding = number(2, 32)
    let size = number(3, 2_000)
    let durability: Durability = arguments.contains("commit") ? .commit : .fsync
    let secrets = arguments.contains("uncounted") ? [] : [SecretMark(fingerprint: "3f9a1c02", origin: "line 1 of file:/etc/postern/shop")]
    let writer = try Writer(.init(.serve(path)), prepare: prepare)
    let body = [UInt8](repeating: 0x61, count: size)
    let headers = (0..<12).map { HeaderField(Text("X-Header-\($0)"), Text("a value of usual length, number \($0)")) }
    let answer = StoredAnswer(
        status: 200, headers: [HeaderField("Content-Type", "application/json")], body: Array(#"{"ok":true}"#.utf8))
    let prefix = getpid()
    let start = usage()
    let done = DispatchGroup()
    for thread in 0..<threads {
        done.enter()
        let share = events / threads
        let free = DispatchSemaphore(value: outstanding)
        DispatchQueue(label: "submitter \(thread)").async {
            var random = SystemRandomNumberGenerator()
            for number in 0..<share {
                free.wait()
                let arrival = Arrival(
                    id: EventID(milliseconds: 1_700_000_000_000 + Int64(number), random: &random), location: "shop",
                    sender: "github", received: 1_700_000_000_000 + Int64(number),
                    key: DedupeKey(kind: "header:X-Delivery", value: Array("\(prefix)-\(thread)-\(number)-abcdefghijkl".utf8)),
                    secrets: secrets,
                    request: StoredRequest(
                        method: "POST", path: "/hooks/shop", query: nil, headers: headers,
                        contentType: "application/json", body: body))
                writer.submit(EventJob(arrival: arrival, answer: answer, durability: durability, free: free))
            }
            for _ in 0..<outstanding { free.wait() }
            for _ in 0..<outstanding { free.signal() }
            done.leave()
        }
    }
    done.wait()
    let end = usage()
    let seconds = end.wall - start.wall
    say(
        """
        \(Int(Double(events) / seconds)) events/s, \(Int((end.processor - start.processor) / Double(events) * 1e7)) \
        tenths of a µs of processor an event
        """)
}

private struct EventJob: WriteJob {
    let arrival: Arrival
    let answer: StoredAnswer
    let durability: Durability
    let free: DispatchSemaphore

    func run(_ connection: Connection) throws {
        let inbox = Inbox(owner: nil)
        guard case .new(let attempt) = try inbox.admit(arrival, .here, on: connection) else { return }
        _ = try inbox.settle(
            attempt, .done(answer: answer), isClaimed: false, at: arrival.received, on: connection)
    }

    func finish(_ result: Result<Void, any Error>) {
        if case .failure(let error) = result { say("error " + describe(error)) }
        free.signal()
    }
}

private func usage() -> (wall: Double, processor: Double) {
    var now = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &now)
    var used = rusage()
    _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &used)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return (Double(now.tv_sec) + Double(now.tv_nsec) / 1e9, seconds(used.ru_utime) + seconds(used.ru_stime))
}
