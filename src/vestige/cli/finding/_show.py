"""``vestige show`` and ``vestige history``: one thing with all it says and all that hangs on it; and how it came to be so."""

from typing import Any

import msgspec

from vestige.cli._console import out, print_json
from vestige.cli._options import WHOLE, InWhole
from vestige.keeping.finding import fields_of, find_entry, find_thing, linked_rows, row_of
from vestige.keeping.finding import history as steps_of


def show(thing: str, *, at: InWhole = WHOLE) -> int:
    """Show one thing: every field, what it names, and what names it.

    Example: vestige show whc:946

    Parameters
    ----------
    thing
        Its id, hash, name, title, file name, or SCHEME:VALUE of another register.
    """
    with at.look() as record:
        entry = find_thing(record, thing)
        fields, linked = fields_of(entry), linked_rows(record, entry)
    if at.json:
        links = [{"how": one.how, **one.row._asdict()} for one in linked]
        print_json({**row_of(entry)._asdict(), "made": entry.envelope.made, "body": fields, "links": links})
        return 0
    out.print(f"{entry.kind} {entry.about}, {entry.envelope.visibility}")
    out.print(f"entry {entry.hash}, made {entry.envelope.made}")
    for name, value in fields.items():
        _print_field(name, value)
    for one in linked:
        out.print(f"{one.how}: {one.row.about}  {one.row.title}")
    return 0


def _print_field(name: str, value: Any) -> None:
    several = value if isinstance(value, list | tuple) else [value]
    for number, one in enumerate(several):
        label = f"{name}[{number}]" if len(several) > 1 else name
        out.print(f"  {label}: {one if isinstance(one, str) else _plain(one)}")


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_plain(one)}" for name, one in value.items() if one not in (None, [], (), {}))
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def history(thing: str, *, at: InWhole = WHOLE) -> int:
    """Show every entry about a thing, oldest first: when it was made, by which key, and whether it stands.

    Example: vestige history whc:946

    Parameters
    ----------
    thing
        Its id, hash, name, title, file name, or SCHEME:VALUE of another register; by id or hash also what was withdrawn.
    """
    with at.look() as record:
        entry = find_entry(record, thing, ended=True)
        steps = steps_of(record, entry.about)
    if at.json:
        print_json({"about": entry.about, "entries": [step._asdict() for step in steps]})
        return 0
    out.print(f"{entry.about}, {len(steps)} entries")
    for step in steps:
        kept = "" if step.visibility == "public" else f", {step.visibility}"
        out.print(f"  {step.position:>6}  {step.made}  {step.entry[:16]}  by {step.by[:16]}  {step.state}{kept}")
    return 0
