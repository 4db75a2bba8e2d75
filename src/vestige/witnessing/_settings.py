"""What a witness is set up with: its name, its key, and the keys of the logs that it watches, in a folder of its own."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vestige.durable import make_folder, write_file
from vestige.errors import NOT_JSON
from vestige.ledger import COSIGNATURE, ED25519, NoteError, Verifier, parse_vkey
from vestige.record import load_key, make_key
from vestige.witnessing._errors import WitnessError

_FILE = "witness.json"


class Settings(msgspec.Struct, frozen=True):
    """The name of a witness, its key, the log keys that it trusts, and the folder in which it remembers what it has seen."""

    name: str
    key: Ed25519PrivateKey
    logs: tuple[Verifier, ...]
    memory: Path


class _Kept(msgspec.Struct, frozen=True):
    name: str
    key: str
    logs: tuple[str, ...] = ()


_decoded = msgspec.json.Decoder(_Kept).decode


def open_settings(folder: Path, name: str | None = None, logs: Sequence[str] = ()) -> Settings:
    """Give the settings in a folder, made where there are none (``name`` is then needed), with the log keys in ``logs`` added.

    Raises WitnessError when they cannot be read or another name is given: a name is part of what was signed. Raises KeyFileError, EnvironmentFault.
    """
    kept = _read(folder)
    if kept is None:
        if name is None:
            raise WitnessError(
                "expected the name of the witness", where=str(folder), hint="give one: --name witness.example.org"
            )
        make_folder((folder / "seen").absolute())
        kept = _Kept(name, make_key(folder)[1].name)
    elif name not in {None, kept.name}:
        raise WitnessError(f"expected the name {kept.name}, which it has signed with, got {name}", where=str(folder))
    known = msgspec.structs.replace(kept, logs=tuple(dict.fromkeys((*kept.logs, *(_log(vkey) for vkey in logs)))))
    key = load_key(folder / kept.key)
    parse_vkey(str(Verifier(kept.name, key.public_key(), COSIGNATURE)))  # refuses a name that no verifier key can carry
    write_file((folder / _FILE).absolute(), msgspec.json.format(msgspec.json.encode(known)) + b"\n")
    return Settings(kept.name, key, tuple(parse_vkey(vkey) for vkey in known.logs), folder / "seen")


def _read(folder: Path) -> _Kept | None:
    path = folder / _FILE
    try:
        return _decoded(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, *NOT_JSON) as error:
        raise WitnessError(f"expected the settings of a witness: {error}", where=str(path)) from error


def _log(vkey: str) -> str:
    log = parse_vkey(vkey)
    if log.algorithm != ED25519:
        raise NoteError("expected the verifier key of a log, got that of a witness", where=vkey[:120])
    return str(log)
