/// A time zone: how far its clocks are ahead of UTC, at any time.
package struct Zone: Sendable {
    /// One way in which clocks are set.
    package struct Setting: Sendable, Equatable {
        /// Seconds ahead of UTC.
        package var offset: Int
        package var isDaylight: Bool
        package var abbreviation: String
    }

    package let name: String
    /// Times in seconds since 1970, ascending, and the setting from each on.
    let transitions: [(time: Int, setting: Setting)]
    /// The setting before the first transition.
    let first: Setting
    /// What goes on after the last transition.
    let rule: ZoneRule?

    package static let utc = Zone(offset: 0, name: "UTC", abbreviation: "UTC")

    /// A zone that is always as far ahead of UTC.
    init(offset: Int, name: String, abbreviation: String, isDaylight: Bool = false) {
        self.name = name
        transitions = []
        first = Setting(offset: offset, isDaylight: isDaylight, abbreviation: abbreviation)
        rule = nil
    }

    init(name: String, transitions: [(time: Int, setting: Setting)], first: Setting, rule: ZoneRule?) {
        self.name = name
        self.transitions = transitions
        self.first = first
        self.rule = rule
    }

    /// The setting at a time, in seconds since 1970 in UTC.
    package func setting(at seconds: Int) -> Setting {
        guard let start = transitions.first, seconds >= start.time else {
            return transitions.isEmpty ? rule?.setting(at: seconds) ?? first : first
        }
        var low = 0
        var high = transitions.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if transitions[middle].time <= seconds { low = middle } else { high = middle }
        }
        if low == transitions.count - 1, let rule { return rule.setting(at: seconds) }
        return transitions[low].setting
    }

    /// What the clocks show at a time, in seconds since 1970 in UTC.
    package func civilTime(at seconds: Int) -> CivilTime {
        CivilTime(secondsSince1970: seconds + setting(at: seconds).offset)
    }

    /// The time at which the clocks show this. An hour that comes twice is taken the first time; one that is left out
    /// counts on from before, so that half past two of the night becomes half past three.
    package func seconds(of civil: CivilTime) -> Int {
        let wall = civil.secondsSince1970
        let before = setting(at: wall - 86_400).offset
        if setting(at: wall - before).offset == before { return wall - before }
        for probe in [wall, wall + 86_400] {
            let offset = setting(at: probe).offset
            if setting(at: wall - offset).offset == offset { return wall - offset }
        }
        return wall - before
    }
}
