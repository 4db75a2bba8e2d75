"""How signed entries reach the disk: everything that the new checkpoint speaks of first, then the checkpoint.

A kill before the rename leaves the last checkpoint and what it speaks of untouched; the files of the unfinished append lie at names
that the next append writes again.
"""

import contextlib
from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vestige.archive import BodyStore
from vestige.durable import write_file, write_files
from vestige.ledger import Checkpoint, Extension, FolderSource
from vestige.record._cosigning import kept_note
from vestige.record._signing import SignedEntry


def write_entries(
    path: Path,
    first: int,
    entries: Sequence[SignedEntry],
    keys: Sequence[Ed25519PrivateKey],
    origin: str,
    *,
    hashes: list[bytes] | None = None,
) -> tuple[list[bytes], Checkpoint]:
    """Write entries that follow the first ``first`` of a record, and give their hashes and the new checkpoint, which the log keys sign.

    ``hashes`` are those of the entries, where they are at hand. Raises EnvironmentFault when the machine refuses; the record is then as it was.
    """
    ledger, bodies = path / "ledger", path / "archive" / "bodies"
    extension = Extension(FolderSource(ledger), first, [entry.leaf for entry in entries], hashes)
    planned = BodyStore(bodies).plan(
        first, [(entry.salted, entry.envelope.visibility == "withheld") for entry in entries]
    )
    packs = {bodies / address: data for address, data in planned.items()}
    write_files({**packs, **kept_note(ledger), **{ledger / name: data for name, data in extension.files.items()}})
    checkpoint = Checkpoint(origin, extension.size, extension.root)
    write_file(ledger / "checkpoint", checkpoint.sign(*keys))
    for name in extension.superseded:
        if name not in extension.files:
            with contextlib.suppress(OSError):
                (ledger / name).unlink()
    return extension.hashes, checkpoint
