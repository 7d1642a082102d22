import Cryptography
import Inbox
package import Storage
import Values
import Verification

/// What a database and its quarantine know of their locations, read once by the command line.
package struct KnownLocations: Sendable {
    private let settings: [String: String]
    let mask: CredentialMask?
    let keys: KeptKeys

    /// - Parameter quarantine: the quarantine's file, if there is one.
    package init(_ database: Connection, quarantine: Connection?) throws {
        let inbox = Inbox(owner: nil)
        var newest: [String: (settings: String, updated: Int64)] = [:]
        for location in try inbox.savedLocations(on: database) {
            newest[location.name] = (location.settings, location.updated)
        }
        for location in try quarantine.map({ try Quarantine().locations(on: $0) }) ?? []
        where location.updated >= newest[location.name]?.updated ?? .min {
            newest[location.name] = (location.settings, location.updated)
        }
        settings = newest.mapValues(\.settings)
        mask = try inbox.fingerprintKey(on: database).map { CredentialMask(fingerprints: try SecretFingerprints($0)) }
        keys = KeptKeys(try inbox.documents(on: database))
    }

    /// All locations, by name.
    package var names: [String] { settings.keys.sorted() }

    /// How many refused requests a location keeps; nil if its settings cannot be read.
    package func quarantine(of name: String) -> Int? { try? rule(of: name).settings.quarantine }

    func rule(of name: String) throws(SettingError) -> SavedRule {
        guard let text = settings[name] else {
            throw SettingError("settings of \(name)", "are not in the database", remedy: "send the location one request")
        }
        return try SavedRule(text, location: name)
    }

    /// The secrets of a location, as far as this process can read them.
    func secrets(of saved: SavedRule, _ remarks: inout [String]) -> SecretSet {
        var secrets = SecretSet()
        for source in saved.settings.secrets {
            do throws(SettingError) {
                secrets.add(contentsOf: try saved.loader(of: source).load().secrets)
            } catch {
                remarks.append("the secrets in \(source) cannot be read here and are left out: \(error.problem)")
            }
        }
        return secrets
    }

    /// What `ip=` lists.
    func addresses(of saved: SavedRule) throws(SettingProblem) -> [Network] { try AddressLoader(saved.rule).load() }

    func verifyTokens(of saved: SavedRule, _ remarks: inout [String]) -> SecretSet {
        guard let text = saved.rule.verifyToken else { return SecretSet() }
        do throws(SettingError) {
            let source = try SettingReader(entries: saved.settings.entries).source(text[...], .verify)
            return try saved.loader(of: source).load().secrets
        } catch {
            remarks.append("the verify token cannot be read here and is left out: \(error.problem)")
            return SecretSet()
        }
    }

    /// The secrets of all other locations, one of which may be meant.
    func otherSecrets(than name: String) -> SecretSet {
        var (secrets, remarks) = (SecretSet(), [String]())
        for other in names where other != name {
            guard let saved = try? rule(of: other) else { continue }
            secrets.add(contentsOf: self.secrets(of: saved, &remarks))
        }
        return secrets
    }
}
