import Values
import Verification

/// Senders as the command line shows them.
enum SenderText {
    private static let width = 100

    /// A line each, beneath a line of titles.
    static func list(_ senders: [SenderDescription]) -> String {
        let rows =
            [["NAME", "ALGORITHM", "HANDSHAKE", "CONFIDENCE", "TITLE"]]
            + senders.map { sender in
                [
                    sender.profile.name, sender.algorithm, sender.profile.handshakes.isEmpty ? "" : "handshake",
                    sender.profile.confidence.rawValue, sender.profile.title,
                ]
            }
        let widths = (0..<4).map { column in (rows.map { $0[column].count }.max() ?? 0) + 2 }
        return rows.map { row in
            zip(row, widths).map { TextColumns.padded($0, $1) }.joined() + row[4] + "\n"
        }.joined()
    }

    /// Everything about one, and what to copy.
    static func page(_ sender: SenderDescription) -> String {
        var text = "\(sender.profile.name)  \(sender.profile.title)\n\n"
        let indentation = 13
        for entry in sender.entries {
            for (index, sentence) in entry.sentences.enumerated() {
                for (number, line) in TextColumns.wrapped(sentence, width - indentation - 2).enumerated() {
                    text += TextColumns.padded(index == 0 && number == 0 ? entry.title : "", indentation)
                    // Where there are several, each shows where it begins.
                    text += (entry.sentences.count == 1 ? "" : number == 0 ? "- " : "  ") + line + "\n"
                }
            }
        }
        let block = LocationBlock(sender)
        text += "\nnginx (nginx/postern_params goes beside nginx.conf):\n\n\(indented(block.nginx))"
        text += "\nApache with mod_proxy_fcgi, mod_env and mod_setenvif:\n\n\(indented(block.apache))"
        text += "\nA route file, \(sender.profile.name).cgi, for shared hosts (chmod 755; apache/htaccess goes beside it):\n\n"
        return text + indented(block.routeFile)
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n").map { "    \($0)\n" }.joined()
    }
}
