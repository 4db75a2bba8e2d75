"""``vestige key``: who may sign, by entries of kind policy."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from cyclopts import App

from vestige.cli._console import out, print_json

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
    from vestige.entries import fingerprint, load_public_key
    from vestige.keeping.finding import record_folder
    from vestige.record import Record

    with Record.open(record_folder(record)) as opened:
        keys = [(fingerprint(load_public_key(key.public)), key) for key in opened.policy.keys]
    if json:
        print_json([{"fingerprint": name, "key": key} for name, key in keys])
        return 0
    for name, key in keys:
        out.print(f"{name[:16]}…  {key.role:<7} {'retired ' if key.retired else '        '}{key.name}")
    return 0


@app.command
def new(folder: Path = Path(), *, json: bool = False) -> int:
    """Make a key for an author; prints the public half, which a keeper adds with: vestige key add.

    Example: vestige key new ~/keys

    Parameters
    ----------
    folder
        Where to keep the private key, readable by its owner only.
    json
        Print the result as JSON.
    """
    from vestige.record import make_key, public_text

    private, path = make_key(folder)
    if json:
        print_json({"public": public_text(private), "private_key_file": str(path)})
        return 0
    out.print(f"the private key is {path}: give it to nobody")
    out.print(f"the public key is {public_text(private)}")
    return 0


@app.command
def add(
    public: str,
    *,
    name: str,
    role: Literal["author", "keeper"] = "author",
    record: Path | None = None,
    key: Path | None = None,
    json: bool = False,
) -> int:
    """Let another key sign; only a keeper can.

    Example: vestige key add 3fXq…= --name "field team"

    Parameters
    ----------
    public
        The public key, base64, as vestige key new prints it.
    name
        Whose key it is.
    role
        author may sign entries; keeper may also change the keys and sign checkpoints.
    record
        The folder of the record; without it the one that this folder lies in.
    key
        The keeper's private key.
    json
        Print the receipt as JSON.
    """
    import msgspec

    from vestige.entries import Key, load_public_key
    from vestige.errors import InputError

    load_public_key(public)

    def change(policy: "Policy") -> "Policy":
        if any(other.public == public and not other.retired for other in policy.keys):
            raise InputError("expected a key that is not listed yet", where=public)
        kept = tuple(other for other in policy.keys if other.public != public)
        return msgspec.structs.replace(policy, keys=(*kept, Key(public=public, name=name, role=role)))

    return _change_policy(change, record, key, f"{name} may sign from now on, as {role}", json=json)


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
    import msgspec

    from vestige.entries import fingerprint as name_of
    from vestige.entries import load_public_key
    from vestige.errors import InputError

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
    from vestige.entries import Draft
    from vestige.keeping.finding import record_folder
    from vestige.record import Record

    with Record.open(record_folder(folder), key=key) as opened:
        current = opened.policy_entry
        (receipt,) = opened.append(Draft(change(opened.policy), about=current.about, replaces=current.hash))
    if json:
        print_json(receipt)
    else:
        out.print(done)
        out.print(f"  by the policy in entry {receipt.entry}")
    return 0
