package import Storage

extension Inbox {
    /// The inbox's tables. Give it to `Connection.prepare`.
    ///
    /// What is long stands apart in `postern_request`, so that many events share a page and listing them reads
    /// little. An event's row stays when its request is removed: it holds the dedupe key, and no later event may
    /// get its number.
    package static let schema = Schema(
        "inbox",
        steps: [
            """
            CREATE TABLE postern_event (
                sequence INTEGER PRIMARY KEY,
                id TEXT NOT NULL,
                location TEXT NOT NULL,
                sender TEXT NOT NULL,
                received INTEGER NOT NULL,
                state INTEGER NOT NULL,
                attempts INTEGER NOT NULL,
                due INTEGER,
                interrupted INTEGER NOT NULL DEFAULT 0,
                key_kind TEXT,
                key_value BLOB,
                secret TEXT,
                finished INTEGER,
                answer_status INTEGER,
                answer_headers BLOB,
                answer_body BLOB,
                error TEXT
            );
            CREATE UNIQUE INDEX postern_event_id ON postern_event (id);
            CREATE INDEX postern_event_due ON postern_event (due) WHERE state = 0;
            CREATE INDEX postern_event_failed ON postern_event (state) WHERE state >= 3;
            CREATE TABLE postern_request (
                event INTEGER PRIMARY KEY,
                method TEXT NOT NULL,
                path TEXT NOT NULL,
                query TEXT,
                headers BLOB NOT NULL,
                content_type TEXT,
                body BLOB NOT NULL
            );
            CREATE TABLE postern_key_fresh (fingerprint INTEGER PRIMARY KEY, event INTEGER NOT NULL);
            CREATE TABLE postern_key_settled (fingerprint INTEGER PRIMARY KEY, event INTEGER NOT NULL);
            CREATE TABLE postern_claim (
                event INTEGER PRIMARY KEY,
                owner INTEGER NOT NULL,
                until INTEGER NOT NULL
            );
            CREATE TABLE postern_location (
                name TEXT PRIMARY KEY,
                settings TEXT NOT NULL,
                updated INTEGER NOT NULL
            ) WITHOUT ROWID
            """,
            // Whether a request waits for what the run will answer.
            "ALTER TABLE postern_event ADD COLUMN awaited INTEGER NOT NULL DEFAULT 0",
            // When each task of the workspace runs next.
            """
            CREATE TABLE postern_task (
                name TEXT PRIMARY KEY,
                schedule TEXT NOT NULL,
                due INTEGER NOT NULL
            ) WITHOUT ROWID
            """,
            // Until when a location takes a secret that a sender hands over.
            """
            CREATE TABLE postern_enrolment (
                location TEXT PRIMARY KEY,
                until INTEGER NOT NULL
            ) WITHOUT ROWID
            """,
            // What senders publish, their keys for one.
            """
            CREATE TABLE postern_document (
                address TEXT NOT NULL UNIQUE,
                content TEXT NOT NULL,
                family TEXT NOT NULL,
                location TEXT NOT NULL,
                wanted INTEGER NOT NULL,
                tried INTEGER NOT NULL DEFAULT 0,
                lease INTEGER NOT NULL DEFAULT 0,
                document BLOB,
                fetched INTEGER NOT NULL DEFAULT 0,
                expires INTEGER NOT NULL DEFAULT 0,
                due INTEGER
            )
            """,
            // Which secrets of a location are of use: by their fingerprints, under a key of this database's own.
            """
            CREATE TABLE postern_secret_use (
                location TEXT NOT NULL,
                fingerprint TEXT NOT NULL,
                origin TEXT NOT NULL,
                since INTEGER NOT NULL,
                removed INTEGER,
                events INTEGER NOT NULL DEFAULT 0,
                last INTEGER,
                alone INTEGER,
                PRIMARY KEY (location, fingerprint)
            ) WITHOUT ROWID;
            CREATE TABLE postern_fingerprint_key (key BLOB NOT NULL)
            """,
            // Who asked for a document, and from where a sender's verified requests come.
            """
            ALTER TABLE postern_document ADD COLUMN network TEXT NOT NULL DEFAULT '';
            ALTER TABLE postern_document ADD COLUMN trusted INTEGER NOT NULL DEFAULT 0;
            CREATE TABLE postern_network (
                family TEXT NOT NULL,
                network TEXT NOT NULL,
                seen INTEGER NOT NULL,
                PRIMARY KEY (family, network)
            ) WITHOUT ROWID
            """,
        ])
}
