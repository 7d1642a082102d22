import Glibc
package import Verification

/// What `postern check` says of the addresses that a location lists: how old the list is, and where the sender
/// publishes a newer one.
package enum AddressAdvice {
    /// - Parameter now: milliseconds since 1970.
    /// - Returns: one sentence each, without a full stop.
    package static func sentences(_ rule: VerificationRule, at now: Int64) -> [String] {
        let published = rule.profile?.addresses ?? []
        guard let addresses = rule.addresses else {
            guard !published.isEmpty else { return [] }
            let path = rule.profile?.addressFile(in: "/etc/postern") ?? ""
            return [
                "it publishes the addresses that it sends from; \(rule.name) ip=file:\(path) lets in no others: "
                    + remedy(published, path)
            ]
        }
        var sentences = addresses.files.map { path in
            age(of: path, at: now) + (published.isEmpty ? "" : "; to renew it: " + remedy(published, path))
        }
        if !addresses.listed.isEmpty {
            sentences.append(
                "how old the addresses are that stand in ip= itself nobody can tell: compare them with what the sender publishes"
                    + (published.isEmpty ? "" : ", at " + published.map(\.url).joined(separator: " and at ")))
        }
        return sentences
    }

    private static func age(of path: String, at now: Int64) -> String {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return "\(path), the list of ip=, cannot be looked at" }
        let seconds = now / 1000 - Int64(status.st_mtim.tv_sec)
        let age =
            switch seconds {
            case ..<0: "is from the future, by its time of change"
            case ..<7_200: "is \(seconds / 60) minutes old"
            case ..<172_800: "is \(seconds / 3_600) hours old"
            default: "is \(seconds / 86_400) days old"
            }
        let count =
            ((try? FileContents.read(path, limit: AddressFile.maximumByteCount)).flatMap {
                try? AddressFile.parse($0, path: path)
            })?.count
        let ranges = count.map { ", with \($0) \($0 == 1 ? "range" : "ranges")," } ?? ""
        return "the list in \(path)\(ranges) \(age)"
    }

    private static func remedy(_ published: [PublishedAddresses], _ path: String) -> String {
        published.map { $0.remedy(path) }.joined(separator: "; or ")
    }
}
