/// A closure on its way to the writer's thread, while the thread that it belongs to waits for what comes of it.
///
/// A job may be kept a moment longer than anybody waits for it, a closure that does not escape may not: so it is taken
/// back before its owner goes on.
final class HandedOver<Body>: @unchecked Sendable {
    // Safe: the owner waits while the other thread has it, and takes it back once that has told that it is done.
    private(set) var body: Body?

    private init(_ body: Body) {
        self.body = body
    }

    static func lend<Result>(_ body: Body, _ use: (HandedOver<Body>) throws -> Result) rethrows -> Result {
        let handed = HandedOver(body)
        defer { handed.body = nil }
        return try use(handed)
    }
}
