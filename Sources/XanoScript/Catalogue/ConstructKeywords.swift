import Values

/// The constructs that a file may hold.
enum ConstructKeywords {
    static func contains(_ keyword: String) -> Bool { all.contains(keyword) }

    static let all = [
        "query", "function", "middleware", "table", "api_group", "branch", "workspace", "task", "addon", "agent",
        "tool", "mcp_server", "workflow_test", "table_trigger", "realtime_trigger", "realtime_channel",
        "workspace_trigger", "agent_trigger", "mcp_server_trigger", "toolset", "toolset_trigger", "run.job",
        "run.service",
    ]

    static func remedy(for keyword: String) -> String {
        if let mend = mends[keyword] { return "did you mean `\(mend)`?" }
        if let nearest = NearestName.of(keyword, among: all) { return "did you mean `\(nearest)`?" }
        return "a file begins with query, function, middleware, table, api_group, branch, workspace or task"
    }

    private static let mends = [
        "endpoint": "query", "api": "query", "route": "query", "get": "query", "post": "query", "func": "function",
        "def": "function", "schema": "table", "model": "table", "group": "api_group", "cron": "task",
    ]

    /// Why a construct of the language is refused.
    static func reasonAgainst(_ keyword: String) -> String? {
        switch keyword {
        case "agent", "tool", "mcp_server", "toolset": "Postern runs no agents, and serves none"
        case "realtime_channel", "realtime_server": "there is no realtime channel"
        case "run.job", "run.service": "a workspace is not run as a job"
        default: keyword.hasSuffix("_trigger") ? "nothing pulls a trigger" : nil
        }
    }

    /// The blocks that stand in each of them.
    static func blocks(of keyword: String) -> [String] {
        switch keyword {
        case "query", "function", "middleware": ["input", "stack", "test", "security", "settings"]
        case "table": ["schema", "security", "settings"]
        case "api_group", "branch", "workspace": ["security", "settings"]
        default: ["input", "stack", "test", "schedule", "schema", "output", "security", "settings"]
        }
    }

    /// The attributes of the constructs that have types of their own; nil where the lowering checks them.
    static func attributes(of keyword: String) -> [String]? {
        let common = ["description", "docs", "guid", "tags", "history", "active", "disabled"]
        return switch keyword {
        case "query":
            common + ["api_group", "auth", "cache", "middleware", "response", "response_type", "verb", "swagger"]
        case "function": common + ["cache", "middleware", "response", "response_type"]
        case "middleware": common + ["exception_policy", "response_strategy", "response", "cache"]
        case "table": common + ["auth", "index", "view", "autocomplete", "indexes", "items"]
        case "api_group": common + ["canonical", "swagger", "cors", "middleware", "auth"]
        case "branch": common + ["color", "middleware"]
        case "workspace": common + ["env", "acceptance", "preferences", "realtime", "middleware", "canonical"]
        case "task": common + ["datasource", "middleware", "schedule", "response"]
        case "workflow_test": common + ["datasource"]
        default: nil
        }
    }
}
