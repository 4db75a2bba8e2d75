"""What a record has published last, kept apart from its folder, so that an older copy of the folder is told before it grows another history."""

import contextlib
import datetime as dt
import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from vestige.durable import close_to_others, own_folder, write_file
from vestige.errors import NOT_JSON, EnvironmentFault
from vestige.ledger import Checkpoint, LedgerError, Tiles, Verifier, parse_checkpoint, range_root
from vestige.record._errors import RecordError
from vestige.record.verify._known import known_folder


class LastPublished(msgspec.Struct, frozen=True):
    """The signed checkpoint that was published last under a log key, where to, and when."""

    checkpoint: str
    place: str
    when: str


def note_published(verifiers: Iterable[Verifier], note: bytes, place: Path) -> None:
    """Keep what was published last, for each log key; where the machine does not let it, the publication stands all the same."""
    kept = LastPublished(note.decode(), str(place.resolve()), f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ}")
    with contextlib.suppress(OSError, EnvironmentFault):
        for verifier in verifiers:
            path = _path(verifier)
            own_folder(path.parent)
            write_file(path, msgspec.json.encode(kept) + b"\n")
            close_to_others(path)


def forget_published(verifiers: Iterable[Verifier]) -> None:
    """Forget what log keys have published: a record begins anew."""
    for verifier in verifiers:
        with contextlib.suppress(OSError):
            _path(verifier).unlink()


def require_not_behind(verifiers: Iterable[Verifier], checkpoint: Checkpoint, tiles: Tiles, where: Path) -> None:
    """Raise RecordError when a record is behind what it has published last, or has another history: what it entered now would make a second one."""
    for verifier in verifiers:
        last = _read(_path(verifier))
        if last is None:
            continue
        with contextlib.suppress(LedgerError):  # a memory that cannot be read says nothing
            then = parse_checkpoint(last.checkpoint.encode())
            behind = then.size > checkpoint.size
            if behind or (then.size and range_root(tiles.node, 0, then.size) != then.root):
                what = f"has {checkpoint.size} entries, fewer than the" if behind else "has another history than the"
                raise RecordError(
                    f"{what} {then.size} that were published on {last.when}: an older copy, which must not grow another history",
                    where=str(where),
                    hint=f"take them back first: vestige restore {last.place} {where}",
                )


def _path(verifier: Verifier) -> Path:
    name = hashlib.sha256(str(verifier).encode()).hexdigest()[:32]
    return known_folder().parent / "published" / f"{name}.json"


def _read(path: Path) -> LastPublished | None:
    with contextlib.suppress(OSError, *NOT_JSON):
        return msgspec.json.decode(path.read_bytes(), type=LastPublished)
    return None
