"""``vestige key``: who may sign, by entries of kind policy."""

import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec
from cyclopts import App

from vestige.cli._console import out, print_json
from vestige.entries import Draft, Key, fingerprint, load_public_key
from vestige.entries import fingerprint as name_of
from vestige.errors import InputError
from vestige.keeping.finding import record_folder
from vestige.record import Record, load_key, make_key, protect_key, prove_possession, proven_public, public_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from vestige.entries import Policy

app = App(name="key", help="The keys that may sign entries of a record.", help_format="plaintext")


@app.command(name="list")
def list_keys(*, record: Path | None = None, json: bool = False) -> int:
    """List the keys of the policy in force.

    Example: vestige key list

    Parameters
    ----------
    record
        The folder of the record; without it the one that this folder lies in.
    json
        Print the keys as JSON.
    """
    with Record.open(record_folder(record)) as opened:
        keys = [(fingerprint(load_public_key(key.public)), key) for key in opened.policy.keys]
    if json:
        print_json([{"fingerprint": name, "key": key} for name, key in keys])
        return 0
    for name, key in keys:
        out.print(
            f"{name[:16]}…  {key.role:<11} {'retired ' if key.retired else '        '}{key.handle}{f' ({key.person})' if key.person else ''}"
        )
    return 0


@app.command
def new(folder: Path = Path(), *, origin: str | None = None, json: bool = False) -> int:
    """Make a key; prints the public half with a proof that somebody holds it, which a keeper adds with: vestige key add.

    Example: vestige key new ~/keys --origin example.org/heritage

    Parameters
    ----------
    folder
        Where to keep the private key, readable by its owner only.
    origin
        The origin of the record that it is for, as vestige init printed it; without it, prove it later: vestige key prove.
    json
        Print the result as JSON.
    """
    private, path = make_key(folder)
    text = prove_possession(private, origin) if origin else public_text(private)
    if json:
        print_json({"public": text, "private_key_file": str(path)})
        return 0
    out.print(f"the private key is {path}: give it to nobody")
    out.print(f"the public key is {text}")
    return 0


@app.command
def prove(file: Path, *, origin: str) -> int:
    """Print the public half of a key with the proof that a keeper needs to add it to a record.

    Example: vestige key prove ~/keys/0a1b….key --origin example.org/heritage

    Parameters
    ----------
    file
        The private key.
    origin
        The origin of the record that it is for.
    """
    out.print(prove_possession(load_key(file), origin))
    return 0


@app.command
def protect(file: Path, *, remove: bool = False) -> int:
    """Put a private key under a passphrase, or change it; from then on it is asked for, or taken from VESTIGE_PASSPHRASE.

    Example: vestige key protect heritage/keys/0a1b….key

    Parameters
    ----------
    file
        The private key.
    remove
        Take the passphrase away.
    """
    protect_key(file, "" if remove else _new_passphrase())
    out.print(
        f"{file} has no passphrase now" if remove else f"{file} asks for its passphrase now; without it the key is lost"
    )
    return 0


def _new_passphrase() -> str:

    given = os.environ.get("VESTIGE_NEW_PASSPHRASE")
    if given is None and sys.stdin.isatty():
        given = getpass.getpass("new passphrase: ")
        if getpass.getpass("once more: ") != given:
            raise InputError("expected the same passphrase twice, got two")
    if not given:
        raise InputError("expected a new passphrase", hint="run it in a terminal, or set VESTIGE_NEW_PASSPHRASE")
    return given


@app.command
def add(
    public: str,
    *,
    handle: str,
    role: Literal["contributor", "reviewer", "keeper", "log"] = "contributor",
    person: str | None = None,
    record: Path | None = None,
    key: Path | None = None,
    json: bool = False,
) -> int:
    """Let another key sign; only a keeper can.

    Example: vestige key add 3fXq…=.mN0p…== --handle field.2

    Parameters
    ----------
    public
        The public key with its proof, as vestige key new --origin or vestige key prove prints them.
    handle
        What the key is called, never a real name: a policy cannot be erased.
    role
        contributor, reviewer and keeper sign entries; log signs checkpoints and manifests, nothing else.
    person
        The handle of whoever holds it, when that person has another key already; it cannot be changed later.
    record
        The folder of the record; without it the one that this folder lies in.
    key
        The keeper's private key.
    json
        Print the receipt as JSON.
    """

    def change(policy: "Policy") -> "Policy":
        proven = proven_public(public, policy.origin)
        if any(other.public == proven and not other.retired for other in policy.keys):
            raise InputError("expected a key that is not listed yet", where=proven)
        kept = tuple(other for other in policy.keys if other.public != proven)
        try:
            return msgspec.structs.replace(
                policy, keys=(*kept, Key(public=proven, handle=handle, role=role, person=person))
            )
        except ValueError as error:
            raise InputError(str(error), where=handle) from error

    return _change_policy(change, record, key, f"{handle} may sign from now on, as {role}", json=json)


@app.command
def retire(fingerprint: str, *, record: Path | None = None, key: Path | None = None, json: bool = False) -> int:
    """End a key: what it signs from now on is reported as wrongly signed; what it signed before stands.

    Example: vestige key retire 0a1b2c3d

    Parameters
    ----------
    fingerprint
        The key's fingerprint, or the start of it, as vestige key list prints it.
    record
        The folder of the record; without it the one that this folder lies in.
    key
        The private key of another keeper; a key cannot end itself.
    json
        Print the receipt as JSON.
    """
    wanted = fingerprint.rstrip("….").lower()

    def change(policy: "Policy") -> "Policy":
        found = [key for key in policy.keys if name_of(load_public_key(key.public)).startswith(wanted)]
        if len(found) != 1 or len(wanted) < 4:
            raise InputError(f"expected the fingerprint of one key, got {len(found)} that begin so", where=fingerprint)
        if found[0].retired:
            raise InputError("was retired already", where=fingerprint)
        retired = msgspec.structs.replace(found[0], retired=True)
        try:
            return msgspec.structs.replace(
                policy, keys=tuple(retired if key is found[0] else key for key in policy.keys)
            )
        except ValueError as error:
            raise InputError(str(error), where=fingerprint, hint="add another keeper first: vestige key add") from error

    return _change_policy(change, record, key, f"the key {wanted[:16]}… is retired", json=json)


def _change_policy(
    change: "Callable[[Policy], Policy]", folder: Path | None, key: Path | None, done: str, *, json: bool
) -> int:
    """Enter the changed policy in the place of the one in force."""
    with Record.open(record_folder(folder), key=key) as opened:
        current = opened.policy_entry
        (receipt,) = opened.append(Draft(change(opened.policy), about=current.about, replaces=current.hash))
    if json:
        print_json(receipt)
    else:
        out.print(done)
        out.print(f"  by the policy in entry {receipt.entry}")
    return 0
