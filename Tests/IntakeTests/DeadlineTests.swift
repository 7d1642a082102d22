import Storage
import Synchronization
import Testing

@testable import Intake

@Suite("Deadlines")
struct DeadlineTests {
    @Test("come when they are due, the sooner ones first, and not when they were called off")
    func order() {
        let timer = DeadlineTimer()
        defer { timer.stop() }
        let came = Mutex<[String]>([])
        let done = Semaphore()
        let now = Clock.monotonic()
        let calledOff = timer.arm(now + 40) { came.withLock { $0.append("called off") } }
        _ = timer.arm(now + 80) {
            came.withLock { $0.append("later") }
            done.signal()
        }
        _ = timer.arm(now + 20) { came.withLock { $0.append("sooner") } }
        timer.disarm(calledOff)
        // Its place has been taken by another one, which stays.
        _ = timer.arm(now + 60) { came.withLock { $0.append("between") } }
        timer.disarm(calledOff)
        done.wait()
        #expect(came.withLock { $0 } == ["sooner", "between", "later"])
        #expect(Clock.monotonic() >= now + 80)
    }

    @Test("withdraw a job that has not begun, and none that has, also when it begins again")
    func withdrawal() {
        let late = Withdrawal()
        #expect(late.withdraw() && !late.begin() && !late.withdraw())
        let early = Withdrawal()
        #expect(early.begin() && early.begin() && !early.withdraw())
    }
}

@Suite("The pool of workers")
struct WorkerPoolTests {
    @Test("grows while all wait, up to its bound, and what is beyond waits in order")
    func grows() {
        let pool = WorkerPool(maximum: 8)
        let (begun, gate, done) = (Semaphore(), Semaphore(), Semaphore())
        let order = Mutex<[Int]>([])
        for number in 0..<12 {
            let isTaken = pool.submit {
                order.withLock { $0.append(number) }
                begun.signal()
                gate.wait()
                done.signal()
            }
            #expect(isTaken)
        }
        for _ in 0..<8 { begun.wait() }
        #expect(pool.backlog == 4)
        for _ in 0..<4 {
            gate.signal()
            begun.wait()
        }
        #expect(order.withLock { Array($0[8...]) } == [8, 9, 10, 11])
        for _ in 0..<8 { gate.signal() }
        for _ in 0..<12 { done.wait() }
        #expect(pool.stop(within: 10_000) == 0)
        #expect(!pool.submit {})
    }

    @Test("that is stopped begins nothing more, and says what still runs")
    func stops() {
        let pool = WorkerPool(maximum: 1)
        let (begun, gate) = (Semaphore(), Semaphore())
        _ = pool.submit {
            begun.signal()
            gate.wait()
        }
        let second = Mutex(false)
        _ = pool.submit { second.withLock { $0 = true } }
        begun.wait()
        #expect(pool.stop(within: 0) == 1)
        gate.signal()
        #expect(pool.stop(within: 10_000) == 0)
        #expect(!second.withLock { $0 })
    }
}
