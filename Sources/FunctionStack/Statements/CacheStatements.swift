import Values
import XanoScript

/// `redis.*`: the cache, kept in the database.
enum CacheStatements {
    static let definitions = keys + counters + lists + [limit]

    // MARK: Keys

    private static let keys = [
        reading("redis.get") { try $0.cached($1) },
        reading("redis.has") { .boolean(try $0.isCached($1)) },
        StatementDefinition("redis.keys", attributes: [.required("search"), packageKey]) { use in
            use.lowering.facts.readsRecords = true
            let pattern = use.node("search")
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                let records = try machine.run.records()
                return .array(try records.cachedKeys(matching: pattern.evaluate(&machine).text).map(Value.text))
            }
        },
        StatementDefinition(
            "redis.set", attributes: [.required("key"), .optional("data"), .optional("value"), .optional("ttl"),
                .optional("expire"), packageKey], lower: set),
        StatementDefinition("redis.del", attributes: [.required("key"), packageKey]) { use in
            writing(use, use.node("key")) { records, key, _ in
                try records.uncache(key)
                return .null
            }
        },
    ]

    private static func set(_ use: StatementUse) -> (any StatementNode)? {
        guard use["data"] != nil || use["value"] != nil else {
            use.report(.name, "redis.set needs `data`", remedy: "add data = …")
            return nil
        }
        let value = use["data"] != nil ? use.node("data") : use.node("value")
        let lifetime = use["ttl"] != nil ? use.node("ttl") : use.node("expire")
        return writing(use, use.node("key")) { records, key, machine in
            let value = try value.evaluate(&machine)
            let seconds = try lifetime.evaluate(&machine).seconds(for: "ttl")
            try records.cache(key, value: value, seconds: seconds > 0 ? seconds : nil)
            return .null
        }
    }

    // MARK: Counters

    private static let counters = [counter("redis.incr", sign: 1), counter("redis.decr", sign: -1)]

    private static func counter(_ name: String, sign: Int64) -> StatementDefinition {
        StatementDefinition(name, attributes: [.required("key"), .required("by"), packageKey]) { use in
            let step = use.node("by", default: 1)
            return writing(use, use.node("key")) { records, key, machine in
                let (signed, overflow) = try step.evaluate(&machine).integer(for: name)
                    .multipliedReportingOverflow(by: sign)
                guard !overflow else { throw StackError.overflow(name) }
                return .integer(try records.count(key, by: signed))
            }
        }
    }

    // MARK: Lists

    private static let lists = [
        listChange("redis.push", needsValue: true) { items, value in
            items.append(value)
            return .integer(Int64(items.count))
        },
        listChange("redis.unshift", needsValue: true) { items, value in
            items.insert(value, at: 0)
            return .integer(Int64(items.count))
        },
        listChange("redis.pop", needsValue: false) { items, _ in items.popLast() ?? .null },
        listChange("redis.shift", needsValue: false) { items, _ in items.isEmpty ? .null : items.removeFirst() },
        reading("redis.count") { .integer(Int64(try $0.cached($1).list(for: "redis.count").count)) },
        StatementDefinition(
            "redis.remove", attributes: [.required("key"), .required("value"), .required("count"), packageKey],
            lower: remove),
        StatementDefinition(
            "redis.range", attributes: [.required("key"), .required("start"), .required("stop"), packageKey],
            lower: range),
    ]

    private static func listChange(
        _ name: String, needsValue: Bool, _ change: @escaping @Sendable (inout [Value], Value) -> Value
    ) -> StatementDefinition {
        let attributes: [AttributeShape] = [.required("key"), packageKey] + (needsValue ? [.required("value")] : [])
        return StatementDefinition(name, attributes: attributes) { use in
            let value = use.node("value")
            return writing(use, use.node("key")) { records, key, machine in
                let value = try value.evaluate(&machine)
                var result = Value.null
                try records.changeCached(key) { stored in
                    var items = try stored.list(for: name)
                    result = change(&items, value)
                    return items.isEmpty ? .null : .array(items)
                }
                return result
            }
        }
    }

    /// As Redis: a positive count from the front, a negative one from the back, none removes all.
    private static func remove(_ use: StatementUse) -> (any StatementNode)? {
        let value = use.node("value")
        let count = use.node("count")
        return writing(use, use.node("key")) { records, key, machine in
            let value = try value.evaluate(&machine)
            let count = try count.evaluate(&machine).seconds(for: "count")
            try records.changeCached(key) { stored in
                var left = count == 0 ? Int64.max : Int64(clamping: count.magnitude)
                let items = try stored.list(for: "redis.remove")
                let ordered = count < 0 ? items.reversed() : items
                let kept = ordered.filter { item in
                    guard left > 0, item.looselyEquals(value) else { return true }
                    left -= 1
                    return false
                }
                return kept.isEmpty ? .null : .array(count < 0 ? kept.reversed() : kept)
            }
            return .null
        }
    }

    /// From `start` to `stop`, both included; negative ones count from the end.
    private static func range(_ use: StatementUse) -> (any StatementNode)? {
        use.lowering.facts.readsRecords = true
        let key = use.node("key")
        let start = use.node("start", default: 0)
        let stop = use.node("stop", default: -1)
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            let records = try machine.run.records()
            let items = try records.cached(key.evaluate(&machine).text).list(for: "redis.range")
            let first = max(0, try start.evaluate(&machine).position(in: items.count))
            let last = min(try stop.evaluate(&machine).position(in: items.count), items.count - 1)
            return .array(first <= last ? Array(items[first...last]) : [])
        }
    }

    // MARK: Limits

    private static let limit = StatementDefinition(
        "redis.ratelimit",
        attributes: [.required("key"), .required("max"), .required("ttl"), .optional("error"), packageKey]
    ) { use in
        let maximum = use.node("max")
        let seconds = use.node("ttl")
        let message = use.node("error", default: "")
        return writing(use, use.node("key")) { records, key, machine in
            let maximum = try maximum.evaluate(&machine).integer(for: "max")
            let seconds = try seconds.evaluate(&machine).integer(for: "ttl")
            let (allowed, count) = try records.withinRate(key, maximum: maximum, seconds: seconds)
            guard allowed else {
                let text = try message.evaluate(&machine).text
                throw StackError(.tooManyRequests, text.isEmpty ? "Rate limit exceeded" : text)
            }
            return .integer(count)
        }
    }

    // MARK: Shared

    /// A namespace of Xano's own marketplace; there is only one here.
    private static let packageKey = AttributeShape.optional("package_key")

    private static func reading(
        _ name: String, _ read: @escaping @Sendable (any RecordStore, Text) throws -> Value
    ) -> StatementDefinition {
        StatementDefinition(name, attributes: [.required("key"), packageKey]) { use in
            use.lowering.facts.readsRecords = true
            let key = use.node("key")
            return ResultStatement(resultSlot: use.resultSlot) { machine in
                let value = try read(machine.run.records(), key.evaluate(&machine).text)
                try machine.charge(received: value)
                return value
            }
        }
    }

    private static func writing(
        _ use: StatementUse, _ key: any ExpressionNode,
        _ write: @escaping @Sendable (any RecordStore, Text, inout Machine) throws -> Value
    ) -> any StatementNode {
        use.lowering.facts.writesRecords = true
        return ResultStatement(resultSlot: use.resultSlot) { machine in
            let records = try machine.run.records()
            let key = try key.evaluate(&machine).text
            return try write(records, key, &machine)
        }
    }
}

extension Value {
    /// A number of seconds or the like, where empty text counts as none.
    fileprivate func seconds(for user: String) throws -> Int64 {
        if case .text(let text) = self, text.isEmpty { return 0 }
        return try integer(for: user)
    }

    /// An index of a list; a negative one counts from the end.
    fileprivate func position(in count: Int) throws -> Int {
        let number = try index(for: "redis.range")
        return number < 0 ? count + max(number, -count - 1) : number
    }
}
