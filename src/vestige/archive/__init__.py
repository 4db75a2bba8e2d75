"""Bytes by SHA-256: files and entry bodies; public, withheld, withdrawn. Knows no kinds.

Everything is written by temporary file, fsync and rename.
"""

from vestige.archive._bodies import BodyPlace, BodyStore, SaltedBody, parse_line
from vestige.archive._errors import ArchiveError
from vestige.archive._files import FileStore, hash_file

__all__ = ["ArchiveError", "BodyPlace", "BodyStore", "FileStore", "SaltedBody", "hash_file", "parse_line"]
