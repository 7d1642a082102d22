import FunctionStack
import Inbox
import Intake
import Testing

@Suite("Settings of a location")
struct LocationSettingsTests {
    static let complete = ["VERIFY": "github", "SECRET": "file:/etc/postern/github", "WORKSPACE": "/srv/hooks"]

    static func settings(_ changes: [String: String?]) throws -> LocationSettings {
        var entries = SettingEntries(style: .parameters)
        var values = complete.mapValues { Optional($0) }
        values.merge(changes) { $1 }
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            if let value { try entries.add(name, value: Array(value.utf8)) }
        }
        return try LocationSettings(entries, documentRoot: nil)
    }

    static func error(_ changes: [String: String?]) -> SettingError? {
        do {
            _ = try settings(changes)
            return nil
        } catch {
            return error as? SettingError
        }
    }

    @Test("what is not set has its default")
    func defaults() throws {
        let settings = try Self.settings([:])
        #expect(settings.respond == .stack)
        #expect(settings.durability == .fsync)
        #expect(settings.maximumBody == 1 << 20)
        #expect(settings.query == nil && settings.database == nil && settings.tolerance == nil && settings.url == nil)
        #expect(settings.environment.isEmpty)
        #expect(settings.limits == RunLimits() && settings.retry == .standard && settings.deadline == nil)
    }

    @Test("the bounds of a run, and how often an event is tried, are what is written")
    func bounds() throws {
        let settings = try Self.settings([
            "MAX_STEPS": "1000", "MAX_MEMORY": "8m", "MAX_DEPTH": "10", "MAX_TIME": "5", "DEADLINE": "3",
            "RETRY": "4 attempts over 12h",
        ])
        #expect(settings.limits == RunLimits(steps: 1_000, memory: 8 << 20, depth: 10, milliseconds: 5_000))
        #expect(settings.deadline == 3)
        #expect(settings.retry == RetryPolicy(attempts: 4, span: 12 * 3_600_000))
        #expect(try Self.settings(["RETRY": "1 attempt"]).retry == RetryPolicy(attempts: 1, span: 0))
    }

    @Test("what is set is taken as written")
    func values() throws {
        let settings = try Self.settings([
            "SECRET": "file:/a env:HOOK_KEY", "URL": "https://hooks.example.com:8443", "QUERY": "POST:code/git/hub",
            "NAME": "github-main", "RESPOND": "accept", "DATABASE": "/var/lib/x.sqlite", "DURABILITY": "commit",
            "TOLERANCE": "60", "MAX_BODY": "25m", "ENV_FILE": "/etc/postern/env", "ENV_CITY": "Zürich",
        ])
        #expect(settings.secrets == [.file("/a"), .environment("HOOK_KEY")])
        #expect(settings.url == "https://hooks.example.com:8443")
        #expect(settings.query?.verb == "POST" && settings.query?.group == "code" && settings.query?.name == "git/hub")
        #expect(settings.name == "github-main")
        #expect(settings.respond == .accept && settings.durability == .commit)
        #expect(settings.database == "/var/lib/x.sqlite" && settings.environmentFile == "/etc/postern/env")
        #expect(settings.tolerance == 60 && settings.maximumBody == 25 << 20)
        #expect(settings.environment == ["CITY": "Zürich"])
    }

    @Test("a folder is the same with a slash at its end")
    func slashes() throws {
        #expect(try Self.settings(["WORKSPACE": "/srv/hooks//"]).workspace == "/srv/hooks")
    }

    @Test("a location without a name is named after what tells it from others, always alike")
    func madeNames() throws {
        let name = try Self.settings([:]).name
        #expect(name.utf8.count == 16)
        #expect(try Self.settings(["MAX_BODY": "2m", "RESPOND": "accept"]).name == name)
        for change in [["VERIFY": "gitlab"], ["SECRET": "file:/other"], ["WORKSPACE": "/srv/b"], ["QUERY": "a/b"]] {
            #expect(try Self.settings(change).name != name)
        }
    }

    @Test(
        "a bad value is an error that names the setting, and its remedy",
        arguments: [
            (["VERIFY": nil], "POSTERN_VERIFY", "is missing"),
            (["SECRET": nil], "POSTERN_SECRET", "is missing"),
            (["WORKSPACE": nil], "POSTERN_WORKSPACE", "is missing"),
            (["WORKSPACE": "srv/hooks"], "POSTERN_WORKSPACE", "absolute"),
            (["WORKSPACE": "/srv/hooks "], "POSTERN_WORKSPACE", "ends with a space"),
            (["SECRET": "hunter2"], "POSTERN_SECRET", "neither file: nor env:"),
            (["SECRET": "file:secret"], "POSTERN_SECRET", "whole path"),
            (["SECRET": "file:/a file:/a"], "POSTERN_SECRET", "twice"),
            (["SECRET": "env:"], "POSTERN_SECRET", "no variable"),
            (["SECRET": "env:HTTP_X"], "POSTERN_SECRET", "a request fills"),
            (["SECRET": "env:QUERY_STRING"], "POSTERN_SECRET", "a request fills"),
            (["SECRET": "env:SSL_CLIENT_S_DN"], "POSTERN_SECRET", "a request fills"),
            (["SECRET": "env:DOCUMENT_ROOT"], "POSTERN_SECRET", "a request fills"),
            (["": "x"], "POSTERN_", "not a setting"),
            (["SECRET": "   "], "POSTERN_SECRET", "no source"),
            (["VERIFY": "none"], "POSTERN_SECRET", "contradicts"),
            (["VERIFY": "none", "SECRET": nil, "DEDUPE": "auto"], "POSTERN_DEDUPE", "off"),
            (["URL": "hooks.example.com"], "POSTERN_URL", "neither https"),
            (["URL": "https://hooks.example.com/in"], "POSTERN_URL", "more than"),
            (["URL": "https://hooks.example.com/"], "POSTERN_URL", "more than"),
            (["QUERY": "github"], "POSTERN_QUERY", "group/name"),
            (["QUERY": "/github"], "POSTERN_QUERY", "group/name"),
            (["QUERY": "code/"], "POSTERN_QUERY", "group/name"),
            (["NAME": "two words"], "POSTERN_NAME", "short word"),
            (["RESPOND": "stak"], "POSTERN_RESPOND", "neither"),
            (["RESPOND": "pass @app"], "POSTERN_RESPOND", "neither"),
            (["DATABASE": "events.sqlite"], "POSTERN_DATABASE", "absolute"),
            (["DURABILITY": "Fsync"], "POSTERN_DURABILITY", "neither"),
            (["TOLERANCE": "5m"], "POSTERN_TOLERANCE", "seconds"),
            (["TOLERANCE": "0"], "POSTERN_TOLERANCE", "seconds"),
            (["TOLERANCE": "-5"], "POSTERN_TOLERANCE", "seconds"),
            (["MAX_BODY": "1g"], "POSTERN_MAX_BODY", "size"),
            (["MAX_BODY": "1025m"], "POSTERN_MAX_BODY", "size"),
            (["MAX_BODY": "0"], "POSTERN_MAX_BODY", "size"),
            (["MAX_BODY": "99999999999999999999"], "POSTERN_MAX_BODY", "size"),
            (["VERFY": "github"], "POSTERN_VERFY", "did you mean POSTERN_VERIFY?"),
            (["KEPT": "3d"], "POSTERN_KEPT", "not a setting"),
            (["DEADLINE": "0"], "POSTERN_DEADLINE", "seconds"),
            (["DEADLINE": "10s"], "POSTERN_DEADLINE", "seconds"),
            (["DEADLINE": "3601"], "POSTERN_DEADLINE", "1 to 3600"),
            (["RETRY": "10"], "POSTERN_RETRY", "how often"),
            (["RETRY": "10 attempts"], "POSTERN_RETRY", "over"),
            (["RETRY": "1 attempt over 3d"], "POSTERN_RETRY", "1 attempt"),
            (["RETRY": "0 attempts over 3d"], "POSTERN_RETRY", "2 to 100"),
            (["RETRY": "101 attempts over 3d"], "POSTERN_RETRY", "2 to 100"),
            (["RETRY": "5 attempts over 3w"], "POSTERN_RETRY", "s, m, h or d"),
            (["RETRY": "5 attempts over 91d"], "POSTERN_RETRY", "at most 90d"),
            (["RETRY": "5 attempts over d"], "POSTERN_RETRY", "how long"),
            (["MAX_STEPS": "999"], "POSTERN_MAX_STEPS", "steps"),
            (["MAX_STEPS": "1e6"], "POSTERN_MAX_STEPS", "digits only"),
            (["MAX_MEMORY": "63k"], "POSTERN_MAX_MEMORY", "64k"),
            (["MAX_MEMORY": "2g"], "POSTERN_MAX_MEMORY", "size"),
            (["MAX_DEPTH": "1001"], "POSTERN_MAX_DEPTH", "1 to 1000"),
            (["MAX_TIME": "601"], "POSTERN_MAX_TIME", "seconds"),
            (["MAX_TIME": "0"], "POSTERN_MAX_TIME", "seconds"),
            (["ENV_": "x"], "POSTERN_ENV_", "variable name"),
            (["ENV_1": "x"], "POSTERN_ENV_1", "variable name"),
            (["NAME": ""], "POSTERN_NAME", "is empty"),
            (["NAME": "a\u{7}"], "POSTERN_NAME", "control characters"),
        ] as [([String: String?], String, String)])
    func errors(changes: [String: String?], setting: String, text: String) throws {
        let error = try #require(Self.error(changes))
        #expect(error.setting == setting)
        #expect(error.description.contains(text), "\(error)")
        #expect(!error.remedy.isEmpty)
        #expect(!error.description.contains("hunter2"))
    }

    @Test("a setting given twice is an error")
    func twice() throws {
        var entries = SettingEntries(style: .parameters)
        try entries.add("VERIFY", value: Array("github".utf8))
        #expect(throws: SettingError.self) { try entries.add("VERIFY", value: Array("github".utf8)) }
    }

    @Test("bytes that are no UTF-8 are an error")
    func notText() {
        var entries = SettingEntries(style: .parameters)
        #expect(throws: SettingError.self) { try entries.add("NAME", value: [0x61, 0xFF]) }
    }
}

@Suite("Route files")
struct RouteFileTests {
    @Test("hold the settings in lower case, without the prefix")
    func lines() throws {
        let text = "#!/usr/local/bin/postern\n# a comment\n\nverify = github\nsecret=file:/s\r\n  workspace =  /srv/my hooks \nenv_CITY = Bern\n"
        let entries = try RouteFileSettings.parse(Array(text.utf8))
        #expect(entries.values == [
            "VERIFY": "github", "SECRET": "file:/s", "WORKSPACE": "/srv/my hooks", "ENV_CITY": "Bern",
        ])
    }

    @Test(
        "name the line that is wrong",
        arguments: [
            ("#!x\nverify github\n", "line 2"), ("#!x\nVERIFY = github\n", "line 2"), ("#!x\n\n= github\n", "line 3"),
            ("#!x\nverify = github\nverify = gitlab\n", "verify"), ("#!x\nverfy = github\n", "verfy"),
            ("#!x\nverify =\n", "verify"),
        ])
    func errors(text: String, place: String) {
        #expect { try RouteFileSettings.parse(Array(text.utf8)) } throws: { ($0 as? SettingError)?.setting == place }
    }
}

@Suite("Environment files")
struct EnvironmentFileTests {
    @Test("hold a variable a line")
    func lines() throws {
        let text = "# comment\nA=1\n\nB_2= two = 2 \r\nC=\n"
        let variables = try EnvironmentVariables.parse(Array(text.utf8), setting: "POSTERN_ENV_FILE")
        #expect(variables == ["A": Array("1".utf8), "B_2": Array(" two = 2 ".utf8), "C": []])
    }

    @Test("name the line that is wrong, never its value", arguments: ["A=1\nsesame\n", "A=1\n1B=sesame\n", "A=1\nA=sesame\n"])
    func errors(text: String) throws {
        let error = try #require(throws: SettingError.self) {
            try EnvironmentVariables.parse(Array(text.utf8), setting: "POSTERN_ENV_FILE")
        }
        #expect(error.description.contains("line 2"))
        #expect(!error.description.contains("sesame"))
    }
}
