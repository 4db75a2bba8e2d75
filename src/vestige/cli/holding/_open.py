"""`vestige open`: make the body of a withheld entry public from now on."""

from vestige.cli._console import out, print_json
from vestige.cli._options import WRITE, ToRecord
from vestige.keeping.finding import find_entry


def open_entry(entry: str, /, *, where: ToRecord = WRITE) -> int:
    """Make the body of a withheld entry public from now on, provably as it was committed to; only a keeper may.

    It cannot be undone: what was read stays read. A body that would betray a sensitive place is refused.

    Example: vestige open 5f2c91aa
    """
    with where.open() as opened:
        target = find_entry(opened, entry)
        receipt = opened.open_entry(target.hash)
    if where.json:
        print_json(receipt)
        return 0
    out.print(
        f"opened {target.kind} {target.about}, entry {target.hash}; the opening is entry {receipt.index}: {receipt.entry}"
    )
    return 0
