import Foundation
import Testing

@testable import XanoScript

@Suite("Workspaces")
struct WorkspaceTests {
    @Test("A workspace in the layout of an export loads without a word")
    func wholeWorkspace() throws {
        let workspace = try Workspace.load(directory: Fixtures.folder.appendingPathComponent("shop").path)
        #expect(workspace.diagnostics.map { $0.render() } == [])
        #expect(workspace.name == "corner_shop")
        #expect(workspace.functions.keys.sorted() == ["money/format", "total"])
        #expect(workspace.tables.keys.sorted() == ["item", "order"])
        #expect(workspace.middleware.keys.sorted() == ["count_calls"])
        #expect(workspace.apiGroups.keys.sorted() == ["Orders", "Public"])
        #expect(workspace.branch?.name == "v1")
        #expect(workspace.tasks.keys.sorted() == ["clean_up"])
        #expect(
            workspace.queries.map { "\($0.content.apiGroup ?? "") \($0.content.verb.rawValue) \($0.name)" } == [
                "Orders POST orders", "Orders GET orders/{order_id}", "Public GET prices",
            ])
        guard
            case .found(let query, let parameters) = workspace.routes.match("/api:shop-orders:v1/orders/17", verb: .get)
        else {
            Issue.record("no route")
            return
        }
        #expect(workspace.queries[query].name == "orders/{order_id}")
        #expect(parameters.map(\.value) == ["17"])
        #expect(workspace.routes.named("Public/prices")?.verbs == [.get])
    }

    @Test("Without a workspace construct the folder's last part is the name, as it was written")
    func nameOfFolder() throws {
        let folder = try TemporaryFolder(["function/a.xs": "function \"a\" { stack }"])
        try folder.link("shop", to: folder.path + "/function")
        #expect(try Workspace.load(directory: folder.path + "/shop").name == "shop")
        #expect(try Workspace.load(directory: folder.path + "/shop/").name == "shop")
        #expect(try Workspace.load(directory: folder.path + "/shop/.").name == "function")
    }

    @Test("One file holds a whole workspace if a line of three dashes is between its constructs")
    func severalConstructs() throws {
        let folder = try TemporaryFolder([
            "export.xs": """
            // What an export is.
            ---
            workspace shop { }
            ---
            table item {
              schema {
                int id
                text note?="a
            ---
            function none { stack }
            ---
            b"
              }
            }
            --- \r
            // The prices.
            api_group Public { canonical = "public" }
            ---
            query "prices" verb=GET {
              api_group = "Public"
              stack { }
            }
            ---
            query "prices" verb=POST {
              stack { }
            }
            ---

            """
        ])
        let workspace = try Workspace.load(directory: folder.path)
        #expect(workspace.diagnostics.map { $0.render() } == [])
        #expect(workspace.name == "shop")
        #expect(workspace.tables.keys.sorted() == ["item"])
        #expect(workspace.functions.isEmpty)
        #expect(workspace.routes.named("Public/prices")?.verbs == [.get, .post])
    }

    @Test("An error ends with its part of the file, and names the line in the whole file")
    func errorsInParts() throws {
        let folder = try TemporaryFolder([
            "export.xs": """
            function a {
              stack {
                var $x {
                  value =
            ---
            function b {
              stack { }
              response = 1
            }
            ---
            function c {
              stack {
                vra $x { value = 1 }
              }
            }
            """
        ])
        let workspace = try Workspace.load(directory: folder.path)
        #expect(workspace.functions.keys.sorted().contains("b"))
        let lines = workspace.diagnostics.map { $0.file.position(of: $0.range.start).line }
        #expect(lines.allSatisfy { $0 <= 4 || $0 == 13 })
        #expect(Set(lines).isSuperset(of: [4, 13]))
    }

    @Test(
        "What the files say of each other is checked, and both places are shown",
        arguments: [
            (
                ["function/a.xs": "function \"x\" { stack }", "function/b.xs": "function \"x\" { stack }"],
                "function/b.xs:1:10: error: name: there are two functions `x`",
                "function/a.xs:1:10: note: the first one is here"
            ),
            (
                [
                    "api/g/api_group.xs": "api_group \"Grop\" { canonical = \"g\" }",
                    "api/q.xs": "query \"q\" verb=GET { api_group = \"Group\" stack }",
                ],
                "api/q.xs:1:34: error: name: there is no API group `Group`", "help: did you mean `Grop`?"
            ),
            (
                ["api/q.xs": "query \"q\" verb=GET { stack }"],
                "api/q.xs:1:7: warning: name: the query `q` belongs to no API group, so no address leads to it",
                "help: write api_group"
            ),
            (
                ["a.xs": "api_group \"a\" { canonical = \"c\" }", "b.xs": "api_group \"b\" { canonical = \"c\" }"],
                "b.xs:1:29: error: name: the API group `a` has this canonical already", "a.xs:1:29: note:"
            ),
            (
                [
                    "api/api_group.xs": "api_group \"g\" { canonical = \"c\" }",
                    "api/a.xs": "query \"q\" verb=GET { stack }",
                    "api/b.xs": "query \"q\" verb=GET { stack }",
                ],
                "api/b.xs:1:7: error: name: there are two queries `g/q` with the verb GET", "api/a.xs:1:7: note:"
            ),
            (
                [
                    "api/api_group.xs": "api_group \"g\" { canonical = \"c\" }",
                    "api/a.xs": "query \"q/{a}\" verb=GET { stack }",
                    "api/b.xs": "query \"q/{b}\" verb=GET { stack }",
                ],
                "api/b.xs:1:7: error: name: the query `q/{a}` has this address already", "api/a.xs:1:7: note:"
            ),
            (
                ["branch.xs": "branch \"a\" { }", "other.xs": "branch \"b\" { }"],
                "other.xs:1:8: error: name: a workspace has one `branch`", "branch.xs:1:8: note:"
            ),
            (
                ["api_group.xs": "api_group \"g\" { }"],
                "api_group.xs:1:11: warning: name: the API group `g` has no canonical, so no address leads to it",
                "help: write canonical"
            ),
            (
                ["a.xs": "table \"a\" { schema { int id } }\ntable \"b\" { schema { int id } }"],
                "a.xs:2:1: error: syntax: a file holds one construct, unless a line `---` is between them",
                "help: move this `table` to a file of its own, or write `---` alone on a line before it"
            ),
            (
                ["a.xs": "function \"a\" { stack }\n---\nfunction \"b\" { stack }\n---\nfunction \"a\" { stack }"],
                "a.xs:5:10: error: name: there are two functions `a`", "a.xs:1:10: note: the first one is here"
            ),
            (
                [
                    "a.xs": """
                    api_group "a" { canonical = "a" }
                    ---
                    api_group "b" { canonical = "b" }
                    ---
                    query "q" verb=GET { stack }
                    """
                ],
                "a.xs:5:7: warning: name: the query `q` belongs to no API group, so no address leads to it",
                "help: write api_group"
            ),
            (
                ["agent/a.xs": "agent \"helper\" { canonical = \"c\" llm = {type: \"openai\"} tools = [] }"],
                "agent/a.xs:1:7: error: unsupported: `agent` is not supported: Postern runs no agents, and serves none",
                "    agent \"helper\""
            ),
            (
                ["trigger/a.xs": "table_trigger \"t\" { table = \"x\" input { } stack { } }"],
                "trigger/a.xs:1:15: error: unsupported: `table_trigger` is not supported: nothing pulls a trigger",
                "    table_trigger \"t\""
            ),
            (["a.xs": ""], "a.xs: error: syntax: this file holds no construct", "help: a file begins with"),
        ] as [([String: String], String, String)])
    func relations(files: [String: String], heading: String, remedy: String) throws {
        let folder = try TemporaryFolder(files)
        let workspace = try Workspace.load(directory: folder.path)
        let texts = workspace.diagnostics.map { $0.render() }
        #expect(texts.count == 1)
        let lines = texts.first?.split(separator: "\n").map(String.init) ?? []
        #expect(lines.first == heading)
        #expect(lines.contains { $0.hasPrefix(remedy) }, "\(texts)")
        #expect(workspace.hasErrors == heading.contains(": error: "))
    }

    @Test("An inactive group's queries have names but no addresses")
    func inactiveGroup() throws {
        let folder = try TemporaryFolder([
            "api/api_group.xs": "api_group \"g\" { canonical = \"c\" active = false }",
            "api/q.xs": "query \"q\" verb=GET { stack }",
        ])
        let workspace = try Workspace.load(directory: folder.path)
        #expect(workspace.routes.named("g/q") != nil)
        guard case .unknown = workspace.routes.match("/api:c/q", verb: .get) else {
            Issue.record("reached")
            return
        }
    }

    @Test("Hidden files and others than .xs are left alone, and one broken file does not hide the next")
    func whichFiles() throws {
        let folder = try TemporaryFolder([
            ".git/a.xs": "rubbish", "function/.b.xs": "rubbish", "function/c.txt": "rubbish", "node.js": "rubbish",
            "function/d.xs": "functio \"d\" { }", "function/e.xs": "function \"e\" { stack { nothing } }",
            "function/f.xs": "function \"f\" { stack }",
        ])
        let workspace = try Workspace.load(directory: folder.path)
        #expect(workspace.diagnostics.map(\.file.path) == ["function/d.xs", "function/e.xs"])
        #expect(workspace.functions.keys.sorted() == ["e", "f"])
    }

    @Test("Links are followed inside the folder, reported where they lead out, and never walked in circles")
    func links() throws {
        let outside = try TemporaryFolder(["secret.xs": "function \"secret\" { stack }"])
        let folder = try TemporaryFolder([
            "real/a.xs": "function \"a\" { stack }", ".data/b.xs": "function \"b\" { stack }",
        ])
        try folder.link("b.xs", to: ".data/b.xs")
        try folder.link("real/round", to: "../real")
        try folder.link("out.xs", to: outside.path + "/secret.xs")
        try folder.link("outside", to: outside.path)
        try folder.link("gone.xs", to: "nowhere.xs")
        let workspace = try Workspace.load(directory: folder.path)
        #expect(workspace.functions.keys.sorted() == ["a", "b"])
        #expect(
            workspace.diagnostics.map { $0.render().split(separator: "\n").first.map(String.init) } == [
                "gone.xs: error: setting: this link leads nowhere",
                "out.xs: error: setting: this link leads out of the workspace",
                "outside: error: setting: this link leads out of the workspace",
            ])
    }

    @Test("Too many levels and files too large are named, not read")
    func bounds() throws {
        let folder = try TemporaryFolder([
            "large.xs": String(repeating: " ", count: WorkspaceFolder.maximumFileSize + 1),
            (0...20).map { "d\($0)" }.joined(separator: "/") + "/a.xs": "function \"a\" { stack }",
        ])
        let messages = try Workspace.load(directory: folder.path).diagnostics.map(\.message)
        #expect(messages == ["folders are nested more than 16 deep", "this file is larger than 2 MB"])
    }

    @Test("A folder that is not there or is none is an error of its own")
    func noFolder() throws {
        let folder = try TemporaryFolder(["a.xs": "function \"a\" { stack }"])
        #expect(throws: WorkspaceError.missing(folder.path + "/none")) {
            _ = try Workspace.load(directory: folder.path + "/none")
        }
        #expect(throws: WorkspaceError.notAFolder(folder.path + "/a.xs")) {
            _ = try Workspace.load(directory: folder.path + "/a.xs")
        }
    }

    @Test("The fingerprint changes with files and folders, and only with them")
    func fingerprint() throws {
        let folder = try TemporaryFolder(["function/a.xs": "function \"a\" { stack }", "notes.txt": "x"])
        var last = try Workspace.load(directory: folder.path).fingerprint
        #expect(try WorkspaceFingerprint(directory: folder.path) == last)

        func expectChange(_ what: String, _ change: () throws -> Void) throws {
            try change()
            let now = try WorkspaceFingerprint(directory: folder.path)
            #expect(now != last, "\(what)")
            last = now
        }
        try expectChange("another text of the same length") {
            try "function \"b\" { stack }".write(
                toFile: folder.path + "/function/a.xs", atomically: false, encoding: .utf8)
        }
        try expectChange("a new file") { try folder.write("function \"c\" { stack }", to: "function/c.xs") }
        try expectChange("a file removed") {
            try FileManager.default.removeItem(atPath: folder.path + "/function/c.xs")
        }
        try expectChange("a file replaced by a renamed one") {
            try folder.write("function \"b\" { stack }", to: "function/a.xs")
        }
        try expectChange("other rights") {
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: folder.path + "/function/a.xs")
        }
        try "y".write(toFile: folder.path + "/notes.txt", atomically: false, encoding: .utf8)
        #expect(try WorkspaceFingerprint(directory: folder.path) == last)
    }
}
