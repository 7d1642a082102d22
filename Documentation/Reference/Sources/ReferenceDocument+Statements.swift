import FunctionStack

extension ReferenceDocument {
    /// The statements by families, and those that are refused.
    static func statementTables() -> String {
        let families = Dictionary(grouping: StatementSummary.all, by: \.family)
        let tables = families.keys.sorted().map { family in
            let rows = (families[family] ?? []).map { "| \(code($0.name + $0.subject)) | \(attributes($0)) | \(blocks($0)) |" }
            return (["### \(family.isEmpty ? "Control and others" : family)", "", "| statement | attributes | blocks |", "|---|---|---|"]
                + rows).joined(separator: "\n")
        }
        let refused = StatementSummary.refused.map { "| \($0.name.hasSuffix("*") ? "other " : "")`\($0.name)` | \($0.reason) |" }
        return (["## Statements", StatementSummary.remark] + tables
            + [(["### Refused", "", "| statement | why |", "|---|---|"] + refused).joined(separator: "\n")])
            .joined(separator: "\n\n")
    }

    private static func attributes(_ statement: StatementSummary) -> String {
        statement.attributes.map { attribute in
            "`\(attribute.name)\(attribute.isRequired ? "" : "?")`" + (attribute.kind.isEmpty ? "" : " (\(attribute.kind))")
        }.joined(separator: ", ")
    }

    private static func blocks(_ statement: StatementSummary) -> String {
        statement.blocks.map { "`\($0)`" }.joined(separator: ", ")
    }
}
