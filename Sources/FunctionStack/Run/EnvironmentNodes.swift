import Values

/// `$env.NAME`
final class EnvironmentNode: ExpressionNode {
    let name: Text

    init(_ name: Text) { self.name = name }

    func evaluate(_ machine: inout Machine) -> Value { machine.run.effects.environment[name] ?? .null }
}

/// `$env.$remote_ip` and the other names that the request and the branch answer.
final class SystemVariableNode: ExpressionNode {
    enum Name: String, Sendable, CaseIterable {
        case remoteIP = "$remote_ip"
        case requestMethod = "$request_method"
        case requestURI = "$request_uri"
        case requestQueryString = "$request_querystring"
        case requestHeaders = "$http_headers"
        case requestAuthToken = "$request_auth_token"
        case datasource = "$datasource"
        case branch = "$branch"
        case tenant = "$tenant"
        case apiBaseURL = "$api_baseurl"
        case release = "$release"
        case platform = "$platform"
        case debugger = "$debugger"
    }

    let name: Name

    init(_ name: Name) { self.name = name }

    func evaluate(_ machine: inout Machine) -> Value { machine.run.value(of: name) }
}

/// `$env.$http_headers.NAME`, in any letter case.
final class RequestHeaderNode: ExpressionNode {
    let name: any ExpressionNode

    init(_ name: any ExpressionNode) { self.name = name }

    func evaluate(_ machine: inout Machine) throws -> Value {
        let name = try name.evaluate(&machine).text
        return machine.run.requestHeaders.value(of: name).map(Value.text) ?? .null
    }
}

/// `$auth`: who is signed in, an empty object if nobody is.
final class IdentityNode: ExpressionNode {
    func evaluate(_ machine: inout Machine) -> Value { .object(machine.run.identity?.value ?? [:]) }
}

/// All of `$env`, as `util.get_env` gives it.
final class WholeEnvironmentNode: ExpressionNode {
    func evaluate(_ machine: inout Machine) -> Value { .object(machine.run.environment) }
}

extension Run {
    /// Everything that `$env` holds.
    var environment: Object {
        var all = effects.environment
        for name in SystemVariableNode.Name.allCases { all[Text(name.rawValue)] = value(of: name) }
        return all
    }

    func value(of name: SystemVariableNode.Name) -> Value {
        switch name {
        case .remoteIP: .text(request?.remoteAddress ?? "")
        case .requestMethod: .text(request?.method ?? "")
        case .requestURI: .text(request?.uri ?? "")
        case .requestQueryString: .text(request?.queryString ?? "")
        case .requestHeaders: .object(requestHeaders.object)
        case .requestAuthToken: .text(requestHeaders.bearerToken ?? "")
        case .datasource: "live"
        case .branch: .text(effects.branch)
        case .tenant: ""
        case .apiBaseURL: .text(effects.baseURL)
        case .release, .platform: 0
        case .debugger: false
        }
    }
}
