import Synchronization
import Verification

/// One distinct set of settings, with what came of reading them.
///
/// What they name on the disk is looked at again once a second while requests come: a changed secret counts without
/// a restart, a mended mistake opens the location, and a secret that can no longer be read closes it after ten
/// seconds, during which the last good ones serve.
package final class Location: Sendable {
    private struct State {
        var current: Result<ReadyLocation, SettingError>
        var lookedAt: Int64
        /// Since when what is served is no longer what is on the disk.
        var failingSince: Int64?
        /// What was last logged and when, so that a state is told once and not with every request.
        var told: SettingError?
        var toldAt: Int64 = 0
    }

    /// What the log calls it.
    package let title: String
    private let opener: LocationOpener
    /// Whether the settings are those of now, and not as a worker finds them.
    private let servesRequests: Bool
    private let entries: Result<SettingEntries, SettingError>
    private let documentRoot: String?
    private let log: Log
    private let state: Mutex<State>

    private static let interval: Int64 = 1_000
    private static let grace: Int64 = 10_000
    /// How often the log is told again of a location that stays closed.
    private static let reminder: Int64 = 60_000

    /// - Parameters:
    ///   - entries: the settings, or why they have no form in which they could be read.
    ///   - title: what the log calls the location if it has no name.
    ///   - servesRequests: whether the settings came with a request.
    init(
        _ entries: Result<SettingEntries, SettingError>, documentRoot: String?, title: String, opener: LocationOpener,
        log: Log, servesRequests: Bool, at now: Int64
    ) {
        self.servesRequests = servesRequests
        self.entries = entries
        self.documentRoot = documentRoot
        self.opener = opener
        self.log = log
        let result = Self.open(entries, documentRoot, opener)
        let name = (try? result.get())?.settings.name
        self.title = (try? entries.get())?[.name] ?? name ?? title
        state = Mutex(State(current: result, lookedAt: now))
        switch result {
        case .success(let ready):
            didOpen(ready)
        case .failure(let error): tell(error, at: now)
        }
    }

    private static func open(
        _ entries: Result<SettingEntries, SettingError>, _ documentRoot: String?, _ opener: LocationOpener
    ) -> Result<ReadyLocation, SettingError> {
        do throws(SettingError) {
            return .success(try opener.open(try LocationSettings(try entries.get(), documentRoot: documentRoot)))
        } catch {
            return .failure(error)
        }
    }

    /// The location as it is to be served now.
    func current(at now: Int64) -> Result<ReadyLocation, SettingError> {
        let (current, isDue) = state.withLock { state in
            // A sender does not wait a second between the secret and the first event.
            let hasEnrolled = (try? state.current.get())?.hasEnrolled == true
            let isDue = now - state.lookedAt >= Self.interval || now < state.lookedAt || hasEnrolled
            // Only one of many threads looks; the others go on with what there is.
            if isDue { state.lookedAt = now }
            return (state.current, isDue)
        }
        guard isDue else { return current }
        switch current {
        case .success(let ready):
            ready.deployment.refresh()
            if !ready.isOutdated { return current }
            fallthrough
        case .failure:
            return replace(current, with: Self.open(entries, documentRoot, opener), at: now)
        }
    }

    private func replace(
        _ old: Result<ReadyLocation, SettingError>, with new: Result<ReadyLocation, SettingError>, at now: Int64
    ) -> Result<ReadyLocation, SettingError> {
        switch (old, new) {
        case (_, .success(let ready)):
            state.withLock { $0 = State(current: new, lookedAt: now) }
            didOpen(ready)
            return new
        case (.success, .failure(let error)):
            tell(error, at: now)
            return state.withLock { state in
                let since = state.failingSince ?? now
                state.failingSince = since
                if now - since >= Self.grace { state.current = new }
                return state.current
            }
        case (.failure, .failure(let error)):
            tell(error, at: now)
            state.withLock { $0.current = new }
            return new
        }
    }

    private func tell(_ error: SettingError, at now: Int64) {
        let isNews = state.withLock { state in
            guard state.told != error || now - state.toldAt >= Self.reminder else { return false }
            (state.told, state.toldAt) = (error, now)
            return true
        }
        // A flood of forged requests must not hide it.
        if isNews { log.rareLine(title, "closed, answers 503: \(error)") }
    }

    private func didOpen(_ ready: ReadyLocation) {
        tell(ready.warnings)
        if servesRequests { ready.deployment.refusals.opened(ready) }
    }

    private func tell(_ warnings: [String]) {
        guard !opener.deployments.isShortLived else { return }
        for warning in warnings { log.line(title, "warning: \(warning)") }
    }
}
