/// What a file holds, or a part of it between lines `---`.
package struct Construct: Sendable {
    package var file: SourceFile
    package var name: String
    package var nameRange: SourceRange
    package var kind: Kind
    package var range: SourceRange

    package init(file: SourceFile, name: String, nameRange: SourceRange, kind: Kind, range: SourceRange) {
        self.file = file
        self.name = name
        self.nameRange = nameRange
        self.kind = kind
        self.range = range
    }

    package enum Kind: Sendable {
        case query(Query)
        case function(Function)
        case middleware(Middleware)
        case table(Table)
        case apiGroup(APIGroup)
        case branch(Branch)
        case workspace(WorkspaceSettings)
        case task(ScheduledTask)
        case workflowTest(WorkflowTest)
        /// `addon`, `agent`, `tool`, a trigger…: parsed, and refused where it is reached.
        case other(keyword: String, attributes: [Attribute], blocks: [Block])
    }
}

package enum Verb: String, Sendable, CaseIterable {
    case get = "GET", post = "POST", put = "PUT", patch = "PATCH", delete = "DELETE", head = "HEAD"
}

/// `query "name" verb=POST { … }`
package struct Query: Sendable {
    package var verb: Verb = .get
    /// The name of its API group: of `api_group = "…"`, else of the `api_group.xs` in the same folder.
    package var apiGroup: String?
    package var apiGroupRange: SourceRange?
    /// The table of `auth = "user"`.
    package var authentication: Attribute?
    package var body = FunctionBody()
    package var middleware: MiddlewareUse?

    package init() {}
}

/// `function "name" { … }`
package struct Function: Sendable {
    package var body = FunctionBody()
    package var middleware: MiddlewareUse?

    package init() {}
}

/// `middleware "name" { … }`
package struct Middleware: Sendable {
    package enum ExceptionPolicy: String, Sendable { case silent, rethrow, critical }
    package enum ResponseStrategy: String, Sendable { case merge, replace }

    package var exceptionPolicy = ExceptionPolicy.rethrow
    package var responseStrategy = ResponseStrategy.merge
    package var body = FunctionBody()

    package init() {}
}

/// What queries, functions and middleware have in common.
package struct FunctionBody: Sendable {
    package var inputs: [Column] = []
    package var stack: [Statement] = []
    package var response: Expression?
    package var tests: [UnitTest] = []
    /// `description`, `tags`, `cache`, `history`, `docs`, `guid`…
    package var attributes: [Attribute] = []

    package init() {}
}

/// `test "name" { input = … expect.to_equal ($response) { … } }`
package struct UnitTest: Sendable {
    package var name: String
    package var nameRange: SourceRange
    package var input: Expression?
    package var datasource: Expression?
    package var expectations: [Statement]
    /// `description`…
    package var attributes: [Attribute] = []

    package init(
        name: String, nameRange: SourceRange, input: Expression?, datasource: Expression?, expectations: [Statement]
    ) {
        self.name = name
        self.nameRange = nameRange
        self.input = input
        self.datasource = datasource
        self.expectations = expectations
    }
}

/// `middleware = {pre: [{name: "a"}], post: […]}` of a query, an API group, a function; of a branch
/// for each kind of construct.
package struct MiddlewareUse: Sendable {
    package var pre: [MiddlewareReference] = []
    package var post: [MiddlewareReference] = []

    package init() {}
}

package struct MiddlewareReference: Sendable {
    package var name: String
    package var range: SourceRange
    package var isDisabled: Bool

    package init(name: String, range: SourceRange, isDisabled: Bool = false) {
        self.name = name
        self.range = range
        self.isDisabled = isDisabled
    }
}

/// An input of a function or a column of a table: `text? name?="x" filters=trim|min:3 { … }`.
package struct Column: Sendable {
    package var name: String
    package var nameRange: SourceRange
    /// `int`, `text`, `enum`, `object`, `json`, `timestamp`, `email`, `dblink` (which has no name)…
    package var type: String
    package var typeRange: SourceRange
    package var isArray = false
    /// Of `int[1:10]`: how many elements there may be.
    package var minimumCount: Int?
    package var maximumCount: Int?
    /// `?` after the type, or before the name: may be null.
    package var isNullable = false
    /// `?` after the name: may be missing.
    package var isOptional = false
    package var defaultValue: Expression?
    package var filters: [Filter] = []
    /// Of an `enum`.
    package var values: [Expression] = []
    /// Of an `object`.
    package var children: [Column] = []
    /// An `object` without one is refused by the parser; an empty one is allowed.
    package var hasSchema = false
    /// `description`, `sensitive`, `table`, `fields`…
    package var attributes: [Attribute] = []
    package var range: SourceRange

    package init(name: String, nameRange: SourceRange, type: String, typeRange: SourceRange, range: SourceRange) {
        self.name = name
        self.nameRange = nameRange
        self.type = type
        self.typeRange = typeRange
        self.range = range
    }
}

/// `table "name" { … }`
package struct Table: Sendable {
    package var columns: [Column] = []
    package var indexes: [Index] = []
    package var isAuthentication = false
    package var attributes: [Attribute] = []

    package init() {}

    /// `{type: "btree|unique", field: [{name: "a", op: "asc"}]}`
    package struct Index: Sendable {
        package var type: String
        package var fields: [(name: String, descending: Bool)]
        package var range: SourceRange

        package init(type: String, fields: [(name: String, descending: Bool)], range: SourceRange) {
            self.type = type
            self.fields = fields
            self.range = range
        }
    }
}

/// `api_group "name" { canonical = "…" }`
package struct APIGroup: Sendable {
    package var canonical: String?
    package var canonicalRange: SourceRange?
    /// `active = false`: its queries are not reached from outside.
    package var isActive = true
    package var middleware: MiddlewareUse?
    package var attributes: [Attribute] = []

    package init() {}
}

/// `branch "name" { middleware = {query: {pre: …}, function: …} }`
package struct Branch: Sendable {
    /// By construct: `query`, `function`, `task`, `tool`.
    package var middleware: [String: MiddlewareUse] = [:]
    package var attributes: [Attribute] = []

    package init() {}
}

/// `workspace "name" { … }`
package struct WorkspaceSettings: Sendable {
    /// As of a branch, around those of the branch.
    package var middleware: [String: MiddlewareUse] = [:]
    package var attributes: [Attribute] = []

    package init() {}
}
