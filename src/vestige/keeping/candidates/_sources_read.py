"""Which sources were read and gave nothing: remembered beside the records, so that they are not read again and again.

A source that gave statements shows it in the record. That one gave none is no statement of anybody's and stands in no ledger: it is
kept in the user's cache, a line of entry hash and reader each, and a deleted cache costs only time. Another version of
Vestige reads such sources anew.
"""

from importlib.metadata import version

from vestige.durable import own_file
from vestige.user_cache import cache_folder

NAME = "sources-read.txt"


def _reader() -> str:
    return f"vestige {version('vestige')}"


def read_in_vain() -> frozenset[str]:
    """Give the hashes of the entries of sources that this version of the reader found nothing in."""
    try:
        lines = (cache_folder() / NAME).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return frozenset()
    reader = _reader()
    return frozenset(entry for entry, _, by in (line.partition(" ") for line in lines) if by == reader)


def remember_read_in_vain(entry: str) -> None:
    """Remember that a source gave nothing; where the cache cannot be written, it will be read again."""
    try:
        own_file(cache_folder() / NAME)
        with (cache_folder() / NAME).open("a", encoding="utf-8") as file:
            file.write(f"{entry} {_reader()}\n")
    except OSError:
        return
