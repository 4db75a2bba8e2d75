"""Which store keeps the preserved files of a record: the one line that another store would change."""

from pathlib import Path

from vestige.archive._folder import FolderStore
from vestige.archive._store import Store


def open_store(record: Path) -> Store:
    """Give the store of the preserved files of the record in a folder; nothing is made before something is put."""
    return FolderStore(record / "archive" / "files")
