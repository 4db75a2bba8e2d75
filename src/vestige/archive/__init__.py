"""Bytes by SHA-256: files and entry bodies; public, withheld, withdrawn. Knows no kinds.

Preserved files lie behind a `Store`, which gives nobody a path. Everything is written by temporary file, fsync and rename.
"""

from vestige.archive._bodies import BodyPlace, BodyStore, SaltedBody, parse_line
from vestige.archive._errors import ArchiveError
from vestige.archive._folder import FolderStore, hash_file
from vestige.archive._open import open_store
from vestige.archive._store import Kept, Store

__all__ = [
    "ArchiveError",
    "BodyPlace",
    "BodyStore",
    "FolderStore",
    "Kept",
    "SaltedBody",
    "Store",
    "hash_file",
    "open_store",
    "parse_line",
]
