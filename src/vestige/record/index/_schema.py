"""The tables of the index, and how one entry fills them.

Plain columns and ordinary SQL, so that another database can hold the same; only full-text search (FTS5) and the box search
(R*Tree) are SQLite's own, and each stands behind one query.
"""

import unicodedata

VERSION = 3

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (
  idx INTEGER PRIMARY KEY, hash BLOB NOT NULL, kind TEXT NOT NULL, about TEXT NOT NULL, visibility TEXT NOT NULL, leaf BLOB NOT NULL,
  commitment BLOB NOT NULL, pack INTEGER, place INTEGER, length INTEGER, replaced_by BLOB, replaced_at INTEGER,
  withdrawn_by BLOB, withdrawn_at INTEGER, opened_at INTEGER, followed_at INTEGER, person TEXT NOT NULL, void TEXT, of_body INTEGER NOT NULL
);
CREATE INDEX entry_hash ON entry (hash, idx);
CREATE INDEX entry_about ON entry (about, idx);
CREATE INDEX entry_kind ON entry (kind, idx);
CREATE INDEX entry_standing ON entry (kind, visibility, replaced_at, withdrawn_at);
CREATE INDEX entry_ending ON entry (idx) WHERE withdrawn_by IS NOT NULL AND pack IS NOT NULL;
CREATE TABLE citation (cited BLOB NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (cited, idx)) WITHOUT ROWID;
CREATE TABLE link (target TEXT NOT NULL, kind TEXT NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (target, kind, idx)) WITHOUT ROWID;
CREATE TABLE identifier (value TEXT NOT NULL, scheme TEXT NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (value, scheme, idx)) WITHOUT ROWID;
CREATE TABLE file (hash TEXT NOT NULL, idx INTEGER NOT NULL, PRIMARY KEY (hash, idx)) WITHOUT ROWID;
CREATE VIRTUAL TABLE box USING rtree (idx, west, east, south, north);
CREATE VIRTUAL TABLE words USING fts5 (text, content='', tokenize="unicode61 remove_diacritics 2");
"""


def fold(text: str) -> str:
    """Fold a text for search: compatibility forms, case, and the dotted and dotless i of Azerbaijani and Turkish as one."""
    return unicodedata.normalize("NFKC", text).casefold().replace("i̇", "i").replace("ı", "i")
