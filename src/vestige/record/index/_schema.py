"""The tables of the index.

Plain columns and ordinary SQL, so that another database can hold the same; only the box search (R*Tree) is SQLite's own, and it
stands behind one query.
"""

VERSION = 5

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (
  idx INTEGER PRIMARY KEY, hash BLOB NOT NULL, kind TEXT NOT NULL, about TEXT NOT NULL, visibility TEXT NOT NULL, leaf BLOB NOT NULL,
  commitment BLOB NOT NULL, pack INTEGER, place INTEGER, length INTEGER, replaced_by BLOB, replaced_at INTEGER,
  withdrawn_by BLOB, withdrawn_at INTEGER, opened_at INTEGER, followed_at INTEGER, person TEXT NOT NULL, void TEXT, of_body INTEGER NOT NULL
);
CREATE INDEX entry_hash ON entry (hash, idx);
CREATE INDEX entry_about ON entry (about, idx);
CREATE INDEX entry_commitment ON entry (commitment);
CREATE INDEX entry_kind ON entry (kind, idx);
CREATE INDEX entry_standing ON entry (kind, visibility, replaced_at, withdrawn_at);
CREATE INDEX entry_ending ON entry (idx) WHERE withdrawn_by IS NOT NULL AND pack IS NOT NULL;
CREATE TABLE citation (cited BLOB NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (cited, idx)) WITHOUT ROWID;
CREATE TABLE link (target TEXT NOT NULL, kind TEXT NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (target, kind, idx)) WITHOUT ROWID;
CREATE TABLE identifier (value TEXT NOT NULL, scheme TEXT NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (value, scheme, idx)) WITHOUT ROWID;
CREATE TABLE file (hash TEXT NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (hash, idx)) WITHOUT ROWID;
CREATE VIRTUAL TABLE box USING rtree (idx, west, east, south, north);
CREATE TABLE word (token TEXT NOT NULL, idx INTEGER NOT NULL, weight INTEGER NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (token, idx)) WITHOUT ROWID;
CREATE INDEX word_entry ON word (idx);
"""
