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
  {
    about: 'streams, parties, decisions, declared senders',
    sql: `
      -- Who owns the relation behind streams.
      CREATE TABLE parties (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        type TEXT NOT NULL,
        owner TEXT NOT NULL,
        contact TEXT NOT NULL,
        contract TEXT NOT NULL,
        priority INTEGER
      ) STRICT, WITHOUT ROWID;

      -- Streams from day to day. An id is never given twice, so none is ever taken out.
      CREATE TABLE streams (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        named_by TEXT,
        merged_into TEXT REFERENCES streams (id),
        pin TEXT,
        party TEXT REFERENCES parties (id),
        first_day INTEGER,
        kept_at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX streams_party ON streams (party) WHERE party IS NOT NULL;
      CREATE TRIGGER streams_never_go BEFORE DELETE ON streams
        BEGIN SELECT raise(ABORT, 'the id of a stream is never given twice'); END;

      -- The set-ups of streams: whose a key is now, and whose it was first.
      CREATE TABLE stream_keys (
        key TEXT PRIMARY KEY,
        stream TEXT NOT NULL REFERENCES streams (id),
        first_stream TEXT NOT NULL REFERENCES streams (id)
      ) STRICT, WITHOUT ROWID;

      -- What people decided. 'sources': the addresses known at that moment, deflated text.
      CREATE TABLE decisions (
        id TEXT PRIMARY KEY,
        batch TEXT NOT NULL,
        at INTEGER NOT NULL,
        who TEXT NOT NULL,
        why TEXT NOT NULL,
        verdict TEXT NOT NULL CHECK (verdict IN ('authorised', 'forbidden', 'forwarder', 'undecided')),
        stream TEXT NOT NULL REFERENCES streams (id),
        narrow TEXT NOT NULL,
        signing TEXT NOT NULL,
        sources BLOB NOT NULL,
        undone_at INTEGER,
        undone_who TEXT,
        undone_why TEXT
      ) STRICT;
      CREATE INDEX decisions_stream ON decisions (stream, at);
      CREATE INDEX decisions_at ON decisions (at);
      CREATE TRIGGER decisions_never_change
        BEFORE UPDATE OF id, batch, at, who, why, verdict, stream, narrow, signing, sources ON decisions
        BEGIN SELECT raise(ABORT, 'a decision is never changed'); END;
      CREATE TRIGGER decisions_are_undone_once BEFORE UPDATE ON decisions WHEN old.undone_at IS NOT NULL
        BEGIN SELECT raise(ABORT, 'a decision is undone once'); END;
      CREATE TRIGGER decisions_never_go BEFORE DELETE ON decisions
        BEGIN SELECT raise(ABORT, 'a decision is undone, never taken out'); END;

      -- What the organisation says it has. 'exclusive' is NULL where that was not said.
      CREATE TABLE declared (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        party TEXT NOT NULL,
        sender TEXT NOT NULL,
        domains TEXT NOT NULL,
        networks TEXT NOT NULL,
        purpose TEXT NOT NULL,
        rhythm TEXT NOT NULL,
        exclusive INTEGER,
        who TEXT NOT NULL,
        at INTEGER NOT NULL
      ) STRICT;
    `,
  },
  {
    about: 'who wrote the mail that reports came in, and which reports a person wants counted',
    sql: `
      -- By original and entry, not by document: a report that is filed again is the same mail, and the same decision.
      CREATE TABLE report_mail (
        original INTEGER NOT NULL REFERENCES originals (id),
        entry TEXT NOT NULL,
        reporter TEXT NOT NULL,
        result TEXT NOT NULL CHECK (result IN ('authentic', 'not-known-yet', 'refuted', 'unproven')),
        end_at INTEGER NOT NULL,
        found TEXT NOT NULL,
        PRIMARY KEY (original, entry)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX report_mail_reporter ON report_mail (reporter, result, end_at);
      CREATE INDEX report_mail_result ON report_mail (result);

      CREATE TABLE report_counting (
        original INTEGER NOT NULL REFERENCES originals (id),
        entry TEXT NOT NULL,
        decided TEXT NOT NULL CHECK (decided IN ('count', 'set-apart')),
        PRIMARY KEY (original, entry)
      ) STRICT, WITHOUT ROWID;

      -- No wrapping but a message has these letters in its name.
      CREATE INDEX documents_by_mail ON documents (state) WHERE instr(container, 'mail') > 0;
    `,
  },
  {
    about: 'what persons accept at gates, plans, and what is kept of tasks',
    sql: `
      -- Something that would shut a gate, and who answers for it. 'messages' is NULL where it is not about a number.
      CREATE TABLE acceptances (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        domain TEXT NOT NULL,
        reason TEXT NOT NULL,
        who TEXT NOT NULL,
        why TEXT NOT NULL,
        at INTEGER NOT NULL,
        messages INTEGER,
        withdrawn_at INTEGER,
        withdrawn_who TEXT
      ) STRICT;
      CREATE INDEX acceptances_domain ON acceptances (domain) WHERE withdrawn_at IS NULL;

      CREATE TABLE plans (
        id TEXT PRIMARY KEY,
        at INTEGER NOT NULL,
        who TEXT NOT NULL,
        domains TEXT NOT NULL,
        plan TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- What is kept of a task beside what the mail says: its days, who is to do it, who said that it is done.
      CREATE TABLE tasks (
        id TEXT PRIMARY KEY,
        opened_day INTEGER NOT NULL,
        closed_day INTEGER,
        reopened INTEGER NOT NULL,
        owner TEXT NOT NULL,
        deadline INTEGER,
        done_at INTEGER,
        done_who TEXT,
        note TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
    about: "senders of one's own, and a map of reverse names",
    sql: `
      -- 'entry': what is said of it, as JSON.
      CREATE TABLE own_senders (
        id TEXT PRIMARY KEY,
        entry TEXT NOT NULL,
        who TEXT NOT NULL,
        at INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- At most one. 'entries': deflated JSON.
      CREATE TABLE reverse_map (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        file TEXT NOT NULL,
        senders INTEGER NOT NULL,
        domains INTEGER NOT NULL,
        entries BLOB NOT NULL,
        who TEXT NOT NULL,
        at INTEGER NOT NULL
      ) STRICT;
    `,
  },
  {
    about: 'what TLS reports say of sessions, and the keys that mail servers show',
    sql: `
      -- TLS reports that count (RFC 8460). 'digest' tells whether a copy says the same.
      CREATE TABLE tls_reports (
        document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
        key TEXT NOT NULL UNIQUE,
        digest TEXT NOT NULL,
        reporter TEXT NOT NULL,
        begin_at INTEGER NOT NULL,
        end_at INTEGER NOT NULL
      ) STRICT;

      -- Sessions by policy: 'place' is that of the policy in its report. 'failures': [[type, mail server, sessions], ...].
      CREATE TABLE tls_sessions (
        document INTEGER NOT NULL REFERENCES tls_reports (document) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        day INTEGER NOT NULL,
        policy_domain TEXT NOT NULL,
        policy_type TEXT NOT NULL,
        mode TEXT NOT NULL,
        successful INTEGER NOT NULL,
        failed INTEGER NOT NULL,
        failures TEXT NOT NULL,
        PRIMARY KEY (document, place)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX tls_sessions_domain ON tls_sessions (policy_domain, day);
      CREATE INDEX documents_tls ON documents (state) WHERE kind = 'tls';

      -- The public keys of certificates that mail servers showed after STARTTLS: the SHA-256 of their SubjectPublicKeyInfo, in hexadecimal.
      -- 'days': on how many days they were seen; 'verified': whether once the certificate led to a trusted root and named the server.
      CREATE TABLE server_keys (
        host TEXT NOT NULL,
        key TEXT NOT NULL,
        first_day INTEGER NOT NULL,
        last_day INTEGER NOT NULL,
        days INTEGER NOT NULL,
        verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
        PRIMARY KEY (host, key)
      ) STRICT, WITHOUT ROWID;
    `,
  },
  {
    about: 'what reports show of how receivers find policies',
    sql: `
      -- Of aggregate reports: the form, then 'psl' or 'treewalk' where the report says which (RFC 9990 discovery_method), then 'np' where one
      -- of the older form names that tag; nothing where it shows neither.
      ALTER TABLE documents ADD COLUMN shows TEXT;
      UPDATE documents SET shows = nullif(
        json_extract(summary, '$.generation')
          || coalesce(' ' || json_extract(summary, '$.policyPublished.discoveryMethod'), '')
          || iif(json_extract(summary, '$.generation') = 'rfc7489' AND json_extract(summary, '$.policyPublished.np') IS NOT NULL, ' np', ''),
        json_extract(summary, '$.generation'))
      WHERE kind = 'aggregate' AND summary IS NOT NULL;
      CREATE INDEX documents_shows ON documents (shows, reporter, end_at) WHERE state = 'counted' AND shows IS NOT NULL;
    `,
  },
];
