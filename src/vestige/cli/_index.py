"""``vestige index``: the derived index, shown or made again."""

from vestige.cli._console import out, print_json
from vestige.cli._options import READ, InRecord
from vestige.record import Record, rebuild_index


def index(*, rebuild: bool = False, at: InRecord = READ) -> int:
    """Say what the index holds; with --rebuild, make it again from ledger and archive alone.

    The index is derived and disposable: it gives the same answers afterwards.

    Example: vestige index --rebuild

    Parameters
    ----------
    rebuild
        Make the index again.
    """
    folder = at.folder
    if rebuild:
        rebuild_index(folder)
    with Record.open(folder) as opened:
        counts, size, origin = opened.index.counts(), opened.index.size, opened.policy.origin
    if at.json:
        print_json({"record": str(folder), "origin": origin, "entries": size, "standing": counts})
        return 0
    out.print(f"{'rebuilt: ' if rebuild else ''}{size} entries; standing and public:")
    for kind, count in counts.items():
        out.print(f"  {count:>7}  {kind}")
    return 0
