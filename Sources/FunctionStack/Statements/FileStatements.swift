import Values
import XanoScript

/// File resources, as an input of the type `file` gives them: values that hold a file's bytes. Nothing is stored.
enum FileStatements {
    static let definitions = [
        StatementDefinition(
            "storage.create_file_resource", attributes: [.required("filename"), .required("filedata")]
        ) { use in
            let name = use.node("filename")
            let data = use.node("filedata")
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                let data = try data.evaluate(&machine).fileText(for: "storage.create_file_resource")
                return .object(.file(try name.evaluate(&machine).text, data))
            }
        },
        StatementDefinition("storage.read_file_resource", attributes: [.required("value")]) { use in
            let text = FileTextNode(use.node("value"), user: "storage.read_file_resource")
            return ResultStatement(resultSlot: use.resultSlot) { try text.evaluate(&$0) }
        },
    ]
}

extension Object {
    fileprivate static func file(_ name: Text, _ data: Text) -> Object {
        let ending = name.string.split(separator: ".").dropFirst().last?.lowercased() ?? ""
        let mime = mimeTypes.first { $0.ending == ending }?.mime ?? "application/octet-stream"
        let family = String(mime.prefix { $0 != "/" })
        let type = ["image", "video", "audio"].contains(family) ? family : mime == "application/pdf" ? "pdf" : "file"
        return [
            "name": .text(name), "type": .text(Text(type)), "size": .integer(Int64(data.byteCount)),
            "mime": .text(Text(mime)), "data": .text(data),
        ]
    }

    /// Of the files that stacks make.
    private static let mimeTypes: [(ending: String, mime: String)] = [
        ("txt", "text/plain"), ("csv", "text/csv"), ("json", "application/json"), ("xml", "application/xml"),
        ("html", "text/html"), ("pdf", "application/pdf"), ("png", "image/png"), ("jpg", "image/jpeg"),
        ("jpeg", "image/jpeg"), ("gif", "image/gif"), ("webp", "image/webp"), ("svg", "image/svg+xml"),
        ("mp3", "audio/mpeg"), ("mp4", "video/mp4"), ("zip", "application/zip"),
    ]
}
