package import Values

/// What a run may reach of the world. All of it is passed in, so that a test decides what time it is.
package struct Effects {
    /// The tables and the cache, or nil where there are none: a statement that needs them is then an error.
    package var records: (any RecordStore)?
    /// Requests, mail and sleep, or nil where a run may not wait: a statement that needs them is then an error.
    package var outbound: (any OutboundEffects)?
    /// What `$env.NAME` gives, beside what the request gives: texts by their names.
    package var environment: Object
    /// The branch that `$env.$branch` names.
    package var branch: String
    /// What `$env.$api_baseurl` gives: `POSTERN_URL`, or nothing. Never `Host`, which the client may forge.
    package var baseURL: String
    /// Milliseconds since the epoch, UTC.
    package var clock: () -> Int64
    /// Milliseconds of a clock that never jumps, for the bound on time.
    package var monotonicClock: () -> Int64
    /// That many unpredictable bytes.
    package var randomBytes: (Int) -> [UInt8]
    /// Receives `debug.log`, `debug.stop`, silenced errors of middleware and the bound that a run reached.
    package var log: (LogEntry) -> Void
    package var limits: RunLimits
    /// What the run may take of the writer's thread, if it is on it from its start to its end.
    package var share: WriterShare?

    package init(
        records: (any RecordStore)?, outbound: (any OutboundEffects)? = nil, environment: Object = [:], branch: String = "", baseURL: String = "",
        limits: RunLimits = RunLimits(), share: WriterShare? = nil,
        clock: @escaping () -> Int64, monotonicClock: @escaping () -> Int64,
        randomBytes: @escaping (Int) -> [UInt8], log: @escaping (LogEntry) -> Void
    ) {
        self.records = records
        self.outbound = outbound
        self.environment = environment
        self.branch = branch
        self.baseURL = baseURL
        self.limits = limits
        self.share = share
        self.clock = clock
        self.monotonicClock = monotonicClock
        self.randomBytes = randomBytes
        self.log = log
    }
}

/// What a stack tells the operator; a sender never sees it.
package struct LogEntry: Sendable {
    package enum Kind: String, Sendable {
        /// `debug.log`
        case message
        /// `debug.stop`
        case stop
        /// An error that ended the run, or that a middleware's `silent` policy swallowed.
        case error
    }

    package var kind: Kind
    package var value: Value
    /// `function/a.xs:12:3`
    package var location: String

    package init(kind: Kind, value: Value, location: String) {
        self.kind = kind
        self.value = value
        self.location = location
    }
}
