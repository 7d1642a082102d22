/// The type of a column, as `types.md` of Xano's documentation names it, and how SQLite keeps its values.
package enum ColumnType: String, Sendable, CaseIterable {
    case int, decimal, text, bool, timestamp, date, email, password, uuid, json, object
    case enumeration = "enum"
    /// Metadata of a stored file, kept as JSON.
    case file, image, video, audio, attachment

    /// How SQLite keeps a value.
    package enum Storage: String, Sendable {
        /// `int`, `timestamp` (milliseconds since the epoch), `bool` (0 and 1)
        case integer
        case real
        /// TEXT if the bytes are UTF-8, else BLOB: equal exactly if the bytes are.
        case text
        /// JSON text
        case json

        /// The affinity in SQL.
        var declaration: String {
            switch self {
            case .integer: "INTEGER"
            case .real: "REAL"
            case .text, .json: "TEXT"
            }
        }
    }

    package var storage: Storage {
        switch self {
        case .int, .timestamp, .bool: .integer
        case .decimal: .real
        case .text, .date, .email, .password, .uuid, .enumeration: .text
        case .json, .object, .file, .image, .video, .audio, .attachment: .json
        }
    }

    /// Whether the values already stored under the other type mean the same under this one.
    func keepsMeaning(of other: ColumnType) -> Bool {
        guard self != other else { return true }
        return switch (storage, other.storage) {
        case (.text, .text): self != .password && other != .password
        case (.json, .json): true
        default: false
        }
    }

    /// The type of that name, or of the older one that some exports still have.
    package init?(name: String) {
        if let type = ColumnType(rawValue: name) ?? Self.former[name] { self = type } else { return nil }
    }

    private static let former: [String: ColumnType] = [
        "epochms": .timestamp, "obj": .object, "blob": .attachment, "blob_img": .image, "blob_video": .video,
        "blob_audio": .audio,
    ]

    /// Types that a table may have in Xano and not here.
    static let refused: [String: String] = {
        let geographic = "geo_point geo_multipoint geo_linestring geo_multilinestring geo_polygon geo_multipolygon"
        var reasons = ["vector": "vectors are not supported"]
        for name in geographic.split(separator: " ") {
            reasons[String(name)] = "geographic columns are not supported"
        }
        return reasons
    }()
}
