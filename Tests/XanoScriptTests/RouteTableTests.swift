import Testing

@testable import XanoScript

@Suite("Routes")
struct RouteTableTests {
    private static func table() -> RouteTable {
        var table = RouteTable(branch: "v2")
        let routes: [(String, Verb)] = [
            ("users", .get), ("users", .post), ("users/{id}", .get), ("users/{user}/posts/{post}", .get),
            ("users/me", .get), ("users/{id}", .delete), ("{any}/b/c", .get), ("/slash/", .put), ("files", .head),
        ]
        for (index, route) in routes.enumerated() {
            #expect(table.add(index, name: route.0, verb: route.1, canonical: "app") == nil)
            #expect(table.add(index, name: route.0, verb: route.1, group: "App Group") == nil)
        }
        return table
    }

    @Test(
        "The path decides, static segments before parameters, and then the verb",
        arguments: [
            ("/api:app/users", Verb.get, "0"), ("/api:app/users", .post, "1"), ("/api:app/users/", .get, "0"),
            ("/api:app//users", .get, "0"), ("/api:app/users/7", .get, "2 id=7"), ("/api:app/users/me", .get, "4"),
            ("/api:app/users/me", .delete, "5 id=me"), ("/api:app/users/7/posts/a b", .get, "3 user=7 post=a b"),
            ("/api:app/x/b/c", .get, "6 any=x"), ("/api:app/users/b/c", .get, "6 any=users"),
            ("/api:app/slash", .put, "7"), ("/api:app:v2/users", .get, "0"), ("/api:app:v3/users", .get, "unknown"),
            ("/api:app/users", .head, "0"), ("/api:app/files", .head, "8"), ("/api:app/files", .get, "allowed HEAD"),
            ("/api:app/users", .delete, "allowed GET POST"), ("/api:app/users/me", .post, "allowed GET DELETE"),
            ("/api:app/users/7/posts", .get, "unknown"), ("/api:app", .get, "unknown"),
            ("/api:other/users", .get, "unknown"),
            ("/users", .get, "unknown"), ("", .get, "unknown"), ("/", .get, "unknown"), ("/api:", .get, "unknown"),
            ("/x/api:app/users", .get, "unknown"), ("/API:app/users", .get, "unknown"),
            ("/api:app/é/b/c", .get, "6 any=é"),
        ])
    func matching(path: String, verb: Verb, result: String) {
        let found =
            switch Self.table().match(path, verb: verb) {
            case .found(let query, let parameters):
                (["\(query)"] + parameters.map { "\($0.name)=\($0.value)" }).joined(separator: " ")
            case .wrongVerb(let allowed): "allowed \(allowed.map(\.rawValue).joined(separator: " "))"
            case .unknown: "unknown"
            }
        #expect(found == result)
    }

    @Test("A query is known by its group's name as well, with its verbs")
    func names() {
        let table = Self.table()
        #expect(table.named("App Group/users")?.verbs == [.get, .post])
        #expect(table.named("App Group/users")?.query(.post) == 1)
        #expect(table.named("App Group/users")?.query(.head) == 0)
        #expect(table.named("App Group/users")?.query(.put) == nil)
        #expect(table.named("App Group/users/{id}")?.verbs == [.get, .delete])
        #expect(table.named("App Group/slash/")?.verbs == [.put])
        #expect(table.named("app/users") == nil)
    }

    @Test("Two queries cannot have one address, whatever their parameters are called")
    func collisions() {
        var table = Self.table()
        #expect(table.add(20, name: "users/{name}", verb: .get, canonical: "app") == 2)
        #expect(table.add(20, name: "users/{name}", verb: .put, canonical: "app") == nil)
        #expect(table.add(20, name: "users/", verb: .get, canonical: "app") == 0)
        #expect(table.add(20, name: "users", verb: .get, canonical: "other") == nil)
    }

    @Test("A path of many segments takes no longer than its length")
    func manySegments() {
        let path = "/api:app/" + Array(repeating: "b", count: 5_000).joined(separator: "/")
        guard case .unknown = Self.table().match(path, verb: .get) else {
            Issue.record("found")
            return
        }
    }
}
