import Values
import XanoScript

/// All filters by name. Looked up when a workspace is loaded; a lowered program keeps the definition.
package struct FilterTable: Sendable {
    /// The filters of XanoScript.
    package static let standard = FilterTable([
        ArithmeticFilters.definitions,
        MathFilters.definitions,
        RoundingFilters.definitions,
        NumberBaseFilters.definitions,
        ComparisonFilters.definitions,
        TypeFilters.definitions,
        TextFilters.definitions,
        TextSearchFilters.definitions,
        ArrayFilters.definitions,
        SetFilters.definitions,
        EmptinessFilters.definitions,
        SortFilter.definitions,
        ElementFilters.definitions,
        ObjectFilters.definitions,
        RegularExpressionFilters.definitions,
        DigestFilters.definitions,
        EncryptionFilters.definitions,
        BinaryTextFilters.definitions,
        EscapeFilters.definitions,
        JSONFilters.definitions,
        URLFilters.definitions,
        CharacterEncodingFilters.definitions,
        CSVFilters.definitions,
        XMLFilters.definitions,
        TimeFilters.definitions,
        TimestampPartFilters.definitions,
        YAMLFilters.definitions,
        UnsupportedFilters.definitions,
    ])

    /// Each filter once, in the order of registration.
    package let definitions: [FilterDefinition]
    private let byName: [String: Int]

    /// - Parameter groups: of two filters with one name, the later one counts.
    package init(_ groups: [[FilterDefinition]]) {
        let all = groups.flatMap(\.self)
        var byName: [String: Int] = [:]
        for (index, definition) in all.enumerated() {
            for name in CollectionOfOne(definition.name) + definition.aliases { byName[name] = index }
        }
        definitions = all
        self.byName = byName
    }

    /// The filter of a name or an alias.
    package subscript(name: String) -> FilterDefinition? {
        byName[name].map { definitions[$0] }
    }

    /// The known name that a misspelt one most likely means.
    package func nearest(to name: String) -> String? {
        NearestName.of(name, among: byName.keys)
    }
}
