// The tables of the embedded store and their migrations.
import type { DatabaseSync } from 'node:sqlite'

/** "Easl": distinguishes our database from any other. */
export const APPLICATION_ID = 0x4561736c

/**
 * `instance`: a process (or a store in it) that has the folder open, alive while the lock on its file in `locks/` is.
 * `file`: bytes that belong to a session. `blob`: bytes named at least once, `uses` 0: to be unlinked.
 * `hold`: bytes on disk that an event is about to name; a sweep skips them while the holder lives.
 */
const FIRST = `
CREATE TABLE instance (id TEXT PRIMARY KEY, pid INTEGER NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE session (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  created INTEGER NOT NULL,
  active INTEGER NOT NULL,
  idle INTEGER NOT NULL,
  retention INTEGER NOT NULL,
  expires INTEGER NOT NULL GENERATED ALWAYS AS (active + idle + retention) VIRTUAL,
  lease TEXT,
  dying INTEGER NOT NULL DEFAULT 0,
  events INTEGER NOT NULL DEFAULT 0,
  files INTEGER NOT NULL DEFAULT 0,
  journal INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX session_expires ON session (expires);
CREATE INDEX session_lease ON session (lease) WHERE lease IS NOT NULL;
CREATE TABLE event (
  session INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  version INTEGER NOT NULL,
  at INTEGER NOT NULL,
  type TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (session, seq)
) WITHOUT ROWID;
CREATE TABLE file (session INTEGER NOT NULL, hash TEXT NOT NULL, bytes INTEGER NOT NULL, PRIMARY KEY (session, hash)) WITHOUT ROWID;
CREATE TABLE blob (hash TEXT PRIMARY KEY, bytes INTEGER NOT NULL, uses INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX blob_unused ON blob (hash) WHERE uses = 0;
CREATE TABLE hold (
  session INTEGER NOT NULL, hash TEXT NOT NULL, bytes INTEGER NOT NULL, instance TEXT NOT NULL,
  PRIMARY KEY (session, hash)
) WITHOUT ROWID;
CREATE INDEX hold_hash ON hold (hash);
CREATE TABLE tombstone (
  id TEXT PRIMARY KEY, expired INTEGER NOT NULL, until INTEGER NOT NULL, files TEXT NOT NULL, variables TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX tombstone_until ON tombstone (until);
CREATE TABLE fact (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO fact VALUES ('blobBytes', 0), ('scanned', 0);
CREATE TRIGGER file_added AFTER INSERT ON file BEGIN
  INSERT INTO blob VALUES (new.hash, new.bytes, 1) ON CONFLICT (hash) DO UPDATE SET uses = uses + 1;
END;
CREATE TRIGGER file_gone AFTER DELETE ON file BEGIN
  UPDATE blob SET uses = uses - 1 WHERE hash = old.hash;
END;
CREATE TRIGGER blob_added AFTER INSERT ON blob BEGIN
  UPDATE fact SET value = value + new.bytes WHERE name = 'blobBytes';
END;
CREATE TRIGGER blob_gone AFTER DELETE ON blob BEGIN
  UPDATE fact SET value = value - old.bytes WHERE name = 'blobBytes';
END;
`

/** Owner and title of a session. */
const LABELS = `
ALTER TABLE session ADD COLUMN owner TEXT;
ALTER TABLE session ADD COLUMN title TEXT;
ALTER TABLE tombstone ADD COLUMN owner TEXT;
CREATE INDEX session_owner ON session (owner, active) WHERE owner IS NOT NULL;
`

/** `MIGRATIONS[n]` migrates version n to version n + 1; stores of every older version open. */
const MIGRATIONS: readonly string[] = [FIRST, LABELS]

export const SCHEMA_VERSION = MIGRATIONS.length

/** Migrates the tables inside the caller's transaction. */
export function migrate(database: DatabaseSync): void {
  const from = pragma(database, 'user_version')
  for (const sql of MIGRATIONS.slice(from)) database.exec(sql)
  if (from < SCHEMA_VERSION)
    database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION}`)
}

/** A pragma that answers with one number. */
export function pragma(database: DatabaseSync, name: string): number {
  const row = database.prepare(`PRAGMA ${name}`).get()
  return Number(Object.values(row ?? {})[0] ?? 0)
}
