import Glibc

/// Times as the command line prints them.
enum DateText {
    /// ISO 8601, UTC, whole seconds.
    static func utc(_ milliseconds: Int64) -> String {
        var seconds = time_t(milliseconds / 1000)
        var parts = tm()
        let isKnown = unsafe gmtime_r(&seconds, &parts) != nil
        guard isKnown else { return String(milliseconds) }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 40) { buffer in
            guard let base = unsafe buffer.baseAddress, unsafe strftime(base, 40, "%Y-%m-%dT%H:%M:%SZ", &parts) > 0 else {
                return String(milliseconds)
            }
            return unsafe String(cString: base)
        }
    }
}
