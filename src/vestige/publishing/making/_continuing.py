"""Whether a publication can go on from the last one into the same folder, and what it takes over where it cannot."""

from pathlib import Path

from vestige.errors import InputError
from vestige.ledger import Checkpoint, NoteError, Tiles, range_root
from vestige.publishing.checking._manifest import NAME as MANIFEST
from vestige.publishing.checking._manifest import parse_manifest
from vestige.publishing.making._folders import all_there
from vestige.publishing.making._output import hash_later
from vestige.publishing.memory._files import Written
from vestige.publishing.memory._state import State


def continues(state: State, out: Path, checkpoint: Checkpoint, tiles: Tiles, basis: str) -> int | None:
    """Give the size at which the folder was last published, when what is remembered of it still fits; else None."""
    get = state.recall
    if get("complete") != "yes" or get("origin") != checkpoint.origin or get("basis") != basis:
        return None
    manifest, size = hash_later(out / MANIFEST), int(get("size") or 0)
    if not 0 < size <= checkpoint.size or not all_there(out, state.files):
        return None
    if range_root(tiles.node, 0, size).hex() != get("root") or manifest.result() != get("manifest"):
        return None
    return size


def adopt(state: State, out: Path) -> None:
    """Start afresh, but know which files an earlier publication left, so that those not made again are removed."""
    state.forget()
    manifest = out / MANIFEST
    if manifest.is_file():
        try:
            old = parse_manifest(manifest.read_bytes())
        except (NoteError, InputError):
            return
        state.files.add(Written(path, sha, "") for path, sha in old.files.items())
