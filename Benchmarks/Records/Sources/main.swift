import FunctionStack
import Glibc
import Records
import Storage
import Values
import XanoScript

// Adds records of seven columns as `db.add` does, 32 in a transaction. Prints nanoseconds of processor time a record.

func processorTime() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
}

let source = """
    table "response" {
      schema {
        int id
        timestamp created_at?=now
        text form_id
        text token
        text question
        text kind
        decimal? number?
      }
    }
    """

guard CommandLine.arguments.count == 2 else { exit(2) }
let (construct, _) = Parser.parse(SourceFile(path: "response.xs", bytes: Array(source.utf8)))
let schema = WorkspaceSchema(constructs: [construct].compactMap(\.self))
let plans = RecordPlans(schema)
var options = Connection.Options.serve(CommandLine.arguments[1])
options.durability = .commit
let connection = try Connection(options)
try connection.prepare(workspace: "benchmark", schemas: [Records.ownTables])
try schema.migrate(connection, now: 0)

var clock: Int64 = 1_700_000_000_000
let records = Records(connection, plans, clock: { clock }, randomBytes: { Array(repeating: 0, count: $0) })
let token: Value = "a3a12ec67a1365927098a606107fac15"
let question: Value = "Where do you live?"
// What a stack would have made by then.
let data: [Object] = (0..<32).map { row in
    [
        "form_id": "lT4Z3j", "token": token, "question": question, "kind": "choice", "number": .decimal(Double(row) * 0.5),
    ]
}
var best = Int.max
for _ in 0..<5 {
    let start = processorTime()
    for _ in 0..<2_000 {
        try connection.transaction {
            for record in data {
                let added = try records.add("response", data: record)
                guard case .integer = added["id"] else { exit(1) }
            }
        }
    }
    best = min(best, processorTime() - start)
}
print(best / (2_000 * 32))
