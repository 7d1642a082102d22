import FunctionStack
import Glibc
import Values

/// What a stack on a worker's thread reaches of the world.
final class WorkerEffects: OutboundEffects {
    private let location: ReadyLocation

    init(_ location: ReadyLocation) {
        self.location = location
    }

    func send(_ request: OutboundRequest) throws -> OutboundAnswer {
        throw StackError(.fatal(name: nil), "This run reaches no other machine")
    }

    func send(_ mail: OutboundMail) throws -> Text {
        throw StackError(.fatal(name: nil), "This run reaches no other machine")
    }

    func sleep(milliseconds: Int64) {
        var duration = timespec(tv_sec: Int(milliseconds / 1000), tv_nsec: Int(milliseconds % 1000) * 1_000_000)
        var left = timespec()
        // A signal may interrupt it.
        while unsafe nanosleep(&duration, &left) != 0, errno == EINTR { duration = left }
    }
}
