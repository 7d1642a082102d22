import Values

/// The statements of the language, by name. That a name is here says that it parses; whether it can be run is the
/// function stack's business.
///
/// Sources: the language server's parser and `functions.md`, and the documentation's pages.
package enum StatementNames {
    /// Searches the lists as they are written: a set of all names takes a process half a millisecond to make, and one
    /// that answers a single request asks for a handful.
    package static func contains(_ name: String) -> Bool {
        let name = name.utf8Span.span
        return groups.contains { group, names in
            let group = group.utf8Span.span
            guard group.count > 0 else { return isWord(name, of: names.utf8Span.span) }
            guard name.count > group.count, name[group.count] == UInt8(ascii: "."),
                name.extracting(0..<group.count).hasSameBytes(as: group)
            else { return false }
            return isWord(name.extracting(group.count + 1..<name.count), of: names.utf8Span.span)
        }
    }

    private static func isWord(_ word: Span<UInt8>, of list: Span<UInt8>) -> Bool {
        var start = 0
        while start < list.count {
            var end = start
            while end < list.count, list[end] > UInt8(ascii: " ") { end += 1 }
            if end - start == word.count, !word.isEmpty, list.extracting(start..<end).hasSameBytes(as: word) { return true }
            start = end + 1
        }
        return false
    }

    /// The nearest statement, or what is used instead of a name that other languages have.
    package static func remedy(for name: String) -> String? {
        mends[name] ?? nearest(to: name).map { "did you mean `\($0)`?" }
    }

    /// The statement that may have been meant.
    static func nearest(to name: String) -> String? {
        NearestName.of(name, among: sorted)
    }

    /// For suggestions only.
    private static let sorted = groups.flatMap { group, names in
        names.split(whereSeparator: \.isWhitespace).map { group.isEmpty ? String($0) : group + "." + $0 }
    }.sorted()

    private static let groups: [(String, String)] = [
        (
            "",
            """
            var var.update conditional switch for foreach foreach.remove remove while group return throw try_catch
            precondition await break continue
            """
        ),
        ("action", "call package.call"),
        ("addon", "call"),
        ("ai", "agent.run external.mcp.tool.list external.mcp.tool.run external.mcp.server_details"),
        ("api", "call lambda microservice realtime_event request stream"),
        (
            "array",
            """
            difference every filter filter_count find find_index group_by has intersection map merge partition pop
            push shift union unshift
            """
        ),
        (
            "cloud",
            """
            algolia.request algolia.search algolia.save_object algolia.save_objects algolia.delete_object
            algolia.set_settings
            aws.opensearch.document aws.opensearch.query aws.opensearch.request
            aws.s3.delete_file aws.s3.get_file_info aws.s3.list_directory aws.s3.read_file aws.s3.sign_url
            aws.s3.upload_file
            azure.storage.delete_file azure.storage.get_file_info azure.storage.list_directory
            azure.storage.read_file azure.storage.sign_url azure.storage.upload_file
            elasticsearch.bulk elasticsearch.document elasticsearch.query elasticsearch.request
            google.storage.delete_file google.storage.get_file_info google.storage.list_directory
            google.storage.read_file google.storage.sign_url google.storage.upload_file
            job job.await job.status
            """
        ),
        ("datadog", "log log_bulk metric metric_bulk"),
        (
            "db",
            """
            add add_or_edit bulk.add bulk.delete bulk.patch bulk.update del direct_query edit
            external.mssql.direct_query external.mysql.direct_query external.oracle.direct_query
            external.postgres.direct_query external.snowflake.direct_query get has increment patch query schema
            set_datasource transaction truncate
            """
        ),
        ("debug", "log stop"),
        (
            "expect",
            """
            to_be_defined to_be_empty to_be_false to_be_greater_than to_be_in_the_future to_be_in_the_past
            to_be_less_than to_be_null to_be_true to_be_within to_contain to_end_with to_equal to_match
            to_not_be_defined to_not_be_null to_not_equal to_start_with to_throw
            """
        ),
        ("function", "call run"),
        ("math", "add bitwise.and bitwise.or bitwise.xor div mod mul sub"),
        ("mcp", "elicit oauth.complete oauth.request oauth.revoke progress"),
        ("middleware", "call"),
        ("object", "entries keys values"),
        ("realtime", "get_session publish"),
        (
            "redis",
            "count decr del get has incr keys pop push range ratelimit remove set shift unshift"
        ),
        (
            "schema",
            "parse parse.array parse.attribute parse.constant parse.enum parse.immutable parse.object"
        ),
        (
            "security",
            """
            check_password create_auth_token create_curve_key create_password create_rsa_key create_secret_key
            create_uuid decrypt encrypt jwe_decode jwe_decode_legacy jwe_encode jwe_encode_legacy jws_decode
            jws_encode random_bytes random_number
            """
        ),
        (
            "storage",
            """
            append_file create_attachment create_audio create_file_resource create_image create_video delete_file
            read_file_resource sign_private_url
            """
        ),
        ("stream", "close from_csv from_jsonl from_request send"),
        ("task", "call"),
        (
            "text",
            """
            append contains ends_with icontains iends_with istarts_with ltrim prepend rtrim starts_with trim
            """
        ),
        ("tool", "call"),
        ("trigger", "call"),
        ("webflow", "request"),
        ("workflow_test", "call"),
        (
            "util",
            """
            geo_distance get_all_input get_env get_input get_raw_input get_vars ip_lookup post_process send_email
            set_header sleep template_engine
            """
        ),
        ("zip", "add_to_archive create_archive delete_from_archive extract view_contents"),
    ]

    private static let mends = [
        "if": "write `conditional { if (…) { … } }`",
        "elseif": "`elseif` stands behind an `if` inside `conditional { … }`",
        "else": "`else` stands behind an `if` inside `conditional { … }`",
        "case": "`case` stands inside `switch (…) { … }`",
        "default": "`default` stands inside `switch (…) { … }`",
        "each": "`each` stands inside `foreach`, `for` or `while`",
        "try": "write `try_catch { try { … } catch { … } }`",
        "catch": "`catch` stands inside `try_catch { … }`",
        "finally": "`finally` stands inside `try_catch { … }`",
        "stack": "write `group { stack { … } }`, or leave it out",
        "test": "`test` stands behind the stack",
        "set": "write `var.update $name { value = … }`",
        "let": "write `var $name { value = … }`",
        "const": "write `var $name { value = … }`",
        "print": "write `debug.log { value = … }`",
        "log": "write `debug.log { value = … }`",
        "console.log": "write `debug.log { value = … }`",
        "call": "write `function.run \"name\" { input = { … } }`",
        "run": "write `function.run \"name\" { input = { … } }`",
        "function":
            "write `function.run \"name\" { input = { … } }`; a function of its own stands in a file of its own",
        "db.insert": "did you mean `db.add`?",
        "db.create": "did you mean `db.add`?",
        "db.update": "did you mean `db.edit` or `db.patch`?",
        "db.delete": "did you mean `db.del`?",
        "db.remove": "did you mean `db.del`?",
        "db.find": "did you mean `db.get` or `db.query`?",
        "db.select": "did you mean `db.query`?",
        "db.list": "did you mean `db.query`?",
        "db.upsert": "did you mean `db.add_or_edit`?",
        "db.exists": "did you mean `db.has`?",
        "http.request": "did you mean `api.request`?",
        "api.get": "write `api.request` with `method = \"GET\"`",
        "api.post": "write `api.request` with `method = \"POST\"`",
        "array.length": "use the filter count: `$list|count`",
        "object.set": "use the filter set: `$object|set:\"key\":$value`",
        "util.log": "did you mean `debug.log`?",
        "error": "write `throw { name = … value = … }` or `precondition (…) { … }`",
        "import": "nothing is imported: functions and tables are known by name",
    ]
}
