package import Values

/// What `ip=` says: who may call, by the address that the request comes from.
///
///     ip=192.0.2.1,2001:db8::/32   addresses and ranges, with commas between them
///     ip=file:/path                a file of them; `AddressFile` reads it
///
/// It may be repeated; then all of them may call.
package struct AddressRule: Sendable, Equatable {
    /// Those that stand in the setting.
    package private(set) var listed: [Network] = []
    /// The paths of files that list more.
    package private(set) var files: [String] = []

    static let parameter = "ip"

    /// Takes `ip=` out of a setting's words; nil if there is none.
    static func take(from words: inout [SettingWord]) throws(SettingProblem) -> AddressRule? {
        let values = words.filter { $0.name == parameter }.compactMap(\.value)
        guard !values.isEmpty else { return nil }
        words.removeAll { $0.name == parameter && $0.value != nil }
        var rule = AddressRule()
        for value in values { try rule.read(value) }
        return rule
    }

    private mutating func read(_ value: String) throws(SettingProblem) {
        guard !value.hasPrefix("file:") else {
            let path = String(value.dropFirst("file:".count))
            guard path.hasPrefix("/") else {
                throw Self.problem("names a file without its whole path", remedy: "write ip=file:/path/to/the/list")
            }
            guard !files.contains(path) else {
                throw Self.problem("names one file twice", remedy: "leave one of them")
            }
            files.append(path)
            return
        }
        for item in value.split(separator: ",", omittingEmptySubsequences: false) {
            guard !item.hasPrefix("file:") else {
                throw Self.problem(
                    "has a file among addresses", remedy: "write it apart: ip=192.0.2.1 ip=file:/path/to/the/list")
            }
            do throws(AddressProblem) {
                listed.append(try AddressItem.network(item))
            } catch {
                throw Self.problem("in which \(error.problem)", remedy: error.remedy)
            }
        }
    }

    private static func problem(_ problem: String, remedy: String) -> SettingProblem {
        SettingProblem(.verify, .badValue, "has ip=, \(problem)", remedy: remedy)
    }

    /// All of them together.
    ///
    /// - Parameter read: what the files list; nil if nobody has read them.
    func list(_ read: [Network]?) throws(SettingProblem) -> AddressList {
        guard files.isEmpty || read != nil else {
            throw Self.problem(
                "whose file nobody has read", remedy: "write the addresses themselves: ip=192.0.2.1,192.0.2.0/24")
        }
        let networks = listed + (read ?? [])
        guard networks.count <= AddressList.maximumCount else {
            throw Self.problem(
                "which lists more than \(AddressList.maximumCount) ranges", remedy: "list those of the one sender")
        }
        do throws(AddressProblem) {
            return try AddressList(networks)
        } catch {
            throw Self.problem("in which all ranges together are one thing: \(error.problem)", remedy: error.remedy)
        }
    }
}

extension AddressRule {
    /// Ranges that are wider than any sender's.
    var warnings: [String] {
        listed.filter { $0.bits < ($0.base.isV4 ? 8 : 16) }.map {
            "ip= lists \($0), which is wider than the addresses of any one sender"
        }
    }
}
