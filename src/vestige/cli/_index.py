"""``vestige index``: the derived index, shown or made again."""

from pathlib import Path

from vestige.cli._console import out, print_json


def index(*, rebuild: bool = False, record: Path | None = None, json: bool = False) -> int:
    """Say what the index holds; with --rebuild, make it again from ledger and archive alone.

    The index is derived and disposable: it gives the same answers afterwards.

    Example: vestige index --rebuild

    Parameters
    ----------
    rebuild
        Make the index again.
    record
        The folder of the record; without it the one that this folder lies in.
    json
        Print the counts as JSON.
    """
    from vestige.cli._lookup import record_folder
    from vestige.record import Record, rebuild_index

    folder = record_folder(record)
    if rebuild:
        rebuild_index(folder)
    with Record.open(folder) as opened:
        counts, size, origin = opened.index.counts(), opened.index.size, opened.policy.origin
    if json:
        print_json({"record": str(folder), "origin": origin, "entries": size, "standing": counts})
        return 0
    out.print(f"{'rebuilt: ' if rebuild else ''}{size} entries; standing and public:")
    for kind, count in counts.items():
        out.print(f"  {count:>7}  {kind}")
    return 0
