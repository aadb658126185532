// Every version of the register's tables, in order; the number of one is its place in the list, from 1. A migration that was
// released never changes.

export const registerMigrations: readonly { readonly about: string; readonly sql: string }[] = [
  {
    about: 'originals, documents, settings, audit',
    sql: `
      -- What came. 'segment' and 'position' say where its bytes are; NULL when they are no longer kept.
      CREATE TABLE originals (
        id INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL UNIQUE,
        origin TEXT NOT NULL,
        road TEXT NOT NULL,
        size INTEGER NOT NULL,
        segment INTEGER,
        position INTEGER,
        state TEXT NOT NULL CHECK (state IN ('pending', 'done')),
        kept_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX originals_pending ON originals (id) WHERE state = 'pending';
      CREATE INDEX originals_segment ON originals (segment);

      -- What was in it. The number of a counted report is its number in the history too.
      CREATE TABLE documents (
        id INTEGER PRIMARY KEY,
        original INTEGER NOT NULL REFERENCES originals (id),
        entry TEXT NOT NULL,
        container TEXT NOT NULL,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        other INTEGER,
        key_text TEXT,
        reporter TEXT,
        policy_domain TEXT,
        report_id TEXT,
        begin_at INTEGER,
        end_at INTEGER,
        rows INTEGER,
        messages INTEGER,
        summary TEXT,
        problems TEXT NOT NULL,
        repaired TEXT NOT NULL,
        has_problems INTEGER NOT NULL,
        authenticated_as TEXT,
        filed_at INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX documents_original ON documents (original);
      CREATE INDEX documents_key ON documents (key_text) WHERE key_text IS NOT NULL;
      CREATE INDEX documents_refused ON documents (name) WHERE state = 'refused';
      CREATE INDEX documents_state ON documents (state, kind);
      CREATE INDEX documents_policy ON documents (policy_domain, end_at) WHERE state = 'counted';

      -- What was repaired in a document, and what is wrong with it, once per code: what is summed without reading the documents.
      CREATE TABLE troubles (
        document INTEGER NOT NULL REFERENCES documents (id),
        repaired INTEGER NOT NULL,
        code TEXT NOT NULL,
        times INTEGER NOT NULL,
        see TEXT,
        "values" TEXT,
        PRIMARY KEY (code, repaired, document)
      ) STRICT, WITHOUT ROWID;

      -- Reports whose facts are still to be taken out of the history.
      CREATE TABLE withdrawals (document INTEGER PRIMARY KEY) STRICT;

      CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

      -- Numbers that only grow: the last filing, the last number given to a document.
      CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;

      CREATE TABLE audit (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        who TEXT NOT NULL,
        what TEXT NOT NULL,
        details TEXT NOT NULL
      ) STRICT;
      CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
        BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
      CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit
        BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
    `,
  },
  {
    about: 'the portfolio, snapshots of published records, postures',
    sql: `
      -- The domains of the organisation. 'role' is NULL until somebody has said it.
      CREATE TABLE portfolio (
        domain TEXT PRIMARY KEY,
        role TEXT,
        came TEXT NOT NULL CHECK (came IN ('added', 'imported', 'reports', 'check')),
        note TEXT NOT NULL,
        who TEXT NOT NULL,
        at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- Answers of the DNS, each text once.
      CREATE TABLE answers (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;

      -- What was published: from the first day an answer was seen to the last day it still was, with no other seen between.
      CREATE TABLE snapshots (
        name TEXT NOT NULL,
        type TEXT NOT NULL,
        first_day INTEGER NOT NULL,
        last_day INTEGER NOT NULL,
        answer INTEGER NOT NULL REFERENCES answers (id),
        ttl INTEGER NOT NULL,
        PRIMARY KEY (name, type, first_day)
      ) STRICT, WITHOUT ROWID;

      -- What was made of it: deflated JSON, and the days it stayed as it was.
      CREATE TABLE postures (
        domain TEXT NOT NULL,
        first_day INTEGER NOT NULL,
        last_day INTEGER NOT NULL,
        posture BLOB NOT NULL,
        PRIMARY KEY (domain, first_day)
      ) STRICT;
    `,
  },
];
