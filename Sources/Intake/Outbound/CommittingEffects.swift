import FunctionStack
import Storage
import Values

/// Other effects, each after what the transaction around it wrote so far is committed, and with no lock on the database
/// while it waits.
final class CommittingEffects: OutboundEffects {
    private let effects: any OutboundEffects
    private let connection: Connection

    init(_ effects: any OutboundEffects, _ connection: Connection) {
        self.effects = effects
        self.connection = connection
    }

    func send(_ request: OutboundRequest) throws -> OutboundAnswer {
        try connection.betweenTransactions { try effects.send(request) }
    }

    func send(_ mail: OutboundMail) throws -> Text {
        try connection.betweenTransactions { try effects.send(mail) }
    }

    func sleep(milliseconds: Int64) throws {
        try connection.betweenTransactions { try effects.sleep(milliseconds: milliseconds) }
    }
}
