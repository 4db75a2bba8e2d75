"""``vestige withdraw``: end an entry, with the reason."""

from pathlib import Path

from vestige.cli._console import out, print_json
from vestige.errors import InputError
from vestige.keeping.finding import find_entry, record_folder
from vestige.record import Record


def withdraw(entry: str, *, why: str, record: Path | None = None, key: Path | None = None, json: bool = False) -> int:
    """End an entry: its body is destroyed, the envelope and the reason stay.

    What was published before may live on in copies; nothing can call those back.

    Example: vestige withdraw 5f2c91aa --why "the family asked for it"

    Parameters
    ----------
    entry
        The entry's hash, its first eight digits or more, or the id of a thing, whose current entry is meant.
    why
        The reason, in words that harm nobody: it is public.
    record
        The folder of the record; without it the one that this folder lies in.
    key
        The private key to sign with.
    json
        Print the receipt as JSON.
    """
    if not why.strip():
        raise InputError("expected a reason, got none", where="--why")
    with Record.open(record_folder(record), key=key, withheld=True) as opened:
        target = find_entry(opened, entry)
        receipt = opened.withdraw(target.hash, why.strip())
    if json:
        print_json(receipt)
    else:
        out.print(f"withdrew {target.kind} {target.about}, entry {target.hash}")
        out.print(f"  body and salt are destroyed; the withdrawal is entry {receipt.entry}")
    return 0
