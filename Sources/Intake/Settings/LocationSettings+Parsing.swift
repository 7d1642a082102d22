import Inbox
import Verification

extension LocationSettings {
    /// - Throws: `SettingError` for the first setting that is missing, has a bad value, or contradicts another.
    package init(_ entries: SettingEntries, documentRoot: String?) throws(SettingError) {
        let reader = SettingReader(entries: entries)
        self.entries = entries
        self.documentRoot = documentRoot
        verify = try reader.required(
            .verify, remedy: "say who may call, for example github, stripe, token header=NAME, or none")
        secrets = try reader.secretSources()
        let verifiesNobody = verify == "none"
        if verifiesNobody, !secrets.isEmpty {
            throw reader.error(.secret, "contradicts none", remedy: "remove it, or name the sender in \(entries.title(.verify))")
        }
        // A sender that publishes its keys needs none, and whom the workspace itself describes is known later.
        if !verifiesNobody, secrets.isEmpty, (try? VerificationRule(verify))?.needsSecret == true {
            throw reader.error(.secret, "is missing", remedy: "name the file that holds it: file:/path/to/secret")
        }
        url = try reader.origin()
        workspace = try reader.requiredPath(.workspace, remedy: "name the folder of .xs files")
        query = try reader.queryName()
        respond = try reader.choice(.respond) ?? .stack
        database = try reader.path(.database)
        durability = try reader.choice(.durability) ?? .fsync
        dedupe = entries[.dedupe]
        if verifiesNobody, let dedupe, dedupe != "off" {
            throw reader.error(.dedupe, "must be off under none", remedy: "remove it: what nobody signed proves no identity")
        }
        tolerance = try reader.seconds(.tolerance, within: 1...604_800)
        maximumBody = try reader.size(.maximumBody) ?? 1 << 20
        deadline = try reader.seconds(.deadline, within: 1...3600)
        retry = try reader.retryPolicy() ?? .standard
        outbound = try reader.outboundPolicy()
        limits = try reader.runLimits()
        quarantine = Int(try reader.number(.quarantine, "requests", within: 0...Int64(Self.largestQuarantine)) ?? 0)
        environmentFile = try reader.path(.environmentFile)
        environment = reader.environment()
        if let given = try reader.locationName() { name = given } else { name = try reader.madeName() }
    }

    /// The most refused requests of a location that are kept.
    package static let largestQuarantine = 1_000
}
