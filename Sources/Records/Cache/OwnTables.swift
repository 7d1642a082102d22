package import Storage

extension Records {
    /// Tables beside those of the workspace: what `redis.*` keeps, the key of tokens, and the workspace's tables as
    /// they were last brought up to date. For `Connection.prepare(workspace:schemas:)`.
    package static let ownTables = Schema(
        "records",
        steps: [
            """
            CREATE TABLE postern_tables (
                id INTEGER PRIMARY KEY CHECK (id = 1), description TEXT NOT NULL
            );
            CREATE TABLE postern_cache (
                key BLOB PRIMARY KEY, value, is_json INTEGER NOT NULL, expires INTEGER
            ) WITHOUT ROWID;
            CREATE INDEX postern_cache_expires ON postern_cache (expires) WHERE expires IS NOT NULL;
            CREATE TABLE postern_rate (
                key BLOB PRIMARY KEY, count INTEGER NOT NULL, expires INTEGER NOT NULL
            ) WITHOUT ROWID;
            CREATE INDEX postern_rate_expires ON postern_rate (expires);
            """,
            """
            CREATE TABLE postern_secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
            """,
        ])
}
