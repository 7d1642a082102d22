extension Parser {
    /// `{ … }` of `input` and `schema`. Each column says where it ends by itself, so a line may hold several.
    mutating func columns(of owner: String) throws(Failure) -> [Column] {
        let opening = token
        return try nested { (parser) throws(Failure) in
            parser.advance()
            var columns: [Column] = []
            var names: [String: SourceRange] = [:]
            while parser.token.kind != .rightBrace {
                if parser.token.kind == .endOfFile {
                    _ = parser.unclosed(opening, "}")
                    return columns
                }
                if parser.token.kind.isClosing {
                    _ = parser.unexpected(expected: "`}`")
                    parser.advance()
                    continue
                }
                if parser.takeSemicolon() || parser.takeForeignComment() { continue }
                parser.recovering { (parser) throws(Failure) in
                    let column = try parser.column(in: owner)
                    if !column.name.isEmpty, let first = names.updateValue(column.nameRange, forKey: column.name) {
                        parser.report(
                            .name, column.nameRange, "`\(column.name)` is declared twice in this `\(owner)`",
                            "remove one of the two",
                            notes: [Diagnostic.Note(file: parser.file, range: first, message: "the first one is here")])
                    }
                    columns.append(column)
                }
                if parser.token.kind == .comma {
                    parser.report(
                        .syntax, parser.token.range, "`\(owner)` has no commas", "put each on a line of its own",
                        severity: .warning)
                    parser.advance()
                }
            }
            parser.advance()
            return columns
        }
    }

    /// `text? name?="x" filters=trim|min:3 { … }`
    private mutating func column(in owner: String) throws(Failure) -> Column {
        let start = token.start
        guard token.kind == .word else { throw unexpected(expected: "a type such as text or int") }
        let type = text(token)
        let typeRange = token.range
        if !ColumnTypes.contains(type) {
            if peek().kind == .assign {
                throw fail(
                    .syntax, typeRange, "`\(type)` is no type",
                    "in `\(owner)` each line begins with a type: text \(type)")
            }
            report(.type, typeRange, "there is no type `\(type)`", ColumnTypes.remedy(for: type))
        }
        advance()
        var column = Column(name: "", nameRange: typeRange, type: type, typeRange: typeRange, range: typeRange)
        if token.kind == .leftBracket { try bounds(of: &column) }
        column.isNullable = take(.question)
        if type != "dblink" { try name(of: &column) }
        if takeFilters(of: &column) || token.kind == .assign {
            if take(.assign) { column.defaultValue = try defaultValue() }
            _ = takeFilters(of: &column)
        }
        let hasDetails = token.kind == .leftBrace
        let hasValues = hasDetails ? try details(of: &column) : false
        column.range = range(from: start)
        check(column, hasDetails: hasDetails, hasValues: hasValues)
        return column
    }

    /// `[]`, or `[1:10]` for the least and the largest number of elements.
    private mutating func bounds(of column: inout Column) throws(Failure) {
        column.isArray = true
        advance()
        if token.kind == .integer {
            column.minimumCount = Int(text(token))
            advance()
        }
        if take(.colon), token.kind == .integer {
            column.maximumCount = Int(text(token))
            advance()
        }
        if let least = column.minimumCount, let most = column.maximumCount, most < least {
            report(
                .type, SourceRange(start: column.typeRange.end, end: token.end),
                "the largest number of elements is below the least")
        }
        try expect(.rightBracket, "`]`, or bounds such as [1:10]")
    }

    private mutating func name(of column: inout Column) throws(Failure) {
        if token.followsLineEnd {
            throw fail(.syntax, column.typeRange, "expected a name after the type `\(column.type)`")
        }
        guard token.kind == .word || token.kind == .text else {
            throw unexpected(
                expected: "a name after the type `\(column.type)`",
                token.kind == .variable ? "names of inputs and columns have no `$`" : nil)
        }
        column.nameRange = token.range
        column.name = token.kind == .text ? takeText() : text(token)
        if token.kind == .word, token.start == column.nameRange.start { advance() }
        column.isOptional = take(.question)
    }

    /// A literal or a bare word; no operators, since what follows may be the next column.
    private mutating func defaultValue() throws(Failure) -> Expression {
        let value = try operand(.argument)
        bareFilter = .none
        return value
    }

    /// `{ description = "…" values = […] schema { … } }`
    ///
    /// Returns whether it has `values`.
    private mutating func details(of column: inout Column) throws(Failure) -> Bool {
        let opening = token.range
        let body = try body(.block(column.type))
        if body.attributes.isEmpty, body.blocks.isEmpty, column.type != "object", column.type != "dblink" {
            let range = SourceRange(start: opening.start, end: previousEnd)
            report(.syntax, range, "nothing is said of `\(column.name)` in these braces", "remove them")
        }
        checkDetails(body.attributes, of: column.type)
        for attribute in body.attributes {
            if attribute.name == "values", case .array(let values) = attribute.value.kind {
                column.values = values
                if values.isEmpty, column.type == "enum" {
                    report(
                        .type, attribute.value.range, "an enum without values takes none", severity: .warning)
                }
            } else {
                column.attributes.append(attribute)
            }
        }
        if let schema = body.blocks.first(where: { $0.name == "schema" }) {
            column.children = schema.columns
            column.hasSchema = true
        }
        return body.attributes.contains { $0.name == "values" }
    }

    private mutating func check(_ column: Column, hasDetails: Bool, hasValues: Bool) {
        switch column.type {
        // With details but without a schema Xano takes it, for any value.
        case "object" where !hasDetails:
            report(
                .type, column.typeRange, "`object` needs a schema",
                "write `object \(column.name) { schema { … } }`, or `json \(column.name)` for any value")
        case "enum" where !hasValues:
            report(
                .type, column.typeRange, "`enum` needs its values",
                "write enum \(column.name) { values = [\"a\", \"b\"] }")
        case "dblink" where column.attributes.allSatisfy({ $0.name != "table" }):
            report(.syntax, column.typeRange, "`dblink` needs a table", "write dblink { table = \"…\" }")
        default:
            break
        }
    }
}
