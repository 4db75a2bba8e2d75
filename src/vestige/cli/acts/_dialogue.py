"""``vestige dialogue``: gatherings, who took part, what was undertaken, and what became of it."""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from vestige.cli._console import out, print_json
from vestige.cli._options import READ, WRITE, InRecord, ToRecord
from vestige.cli.acts._entering import enter

app = App(
    name="dialogue",
    help="Dialogues: gatherings, parties, undertakings and what became of them.",
    help_format="plaintext",
)


@app.command
def add(file: Path, /, *, at: ToRecord = WRITE) -> int:
    """Enter a series, an event or a session from a TOML file.

    Example: vestige dialogue add forum.toml

    Parameters
    ----------
    file
        Fields as in docs/dialogues.md; what organisers say of it, numbers too, are statements and not fields.
    """
    return enter("gathering", file, at)


@app.command
def take_part(file: Path, /, *, at: ToRecord = WRITE) -> int:
    """Enter that a source says of somebody that they took part, or did not, from a TOML file.

    Example: vestige dialogue take-part delegation.toml

    Parameters
    ----------
    file
        Fields as in docs/dialogues.md.
    """
    return enter("participation", file, at)


@app.command
def undertake(file: Path, /, *, at: ToRecord = WRITE) -> int:
    """Enter a clause by which somebody is bound, from a TOML file.

    Example: vestige dialogue undertake clause-4.toml

    Parameters
    ----------
    file
        Fields as in docs/dialogues.md.
    """
    return enter("undertaking", file, at)


@app.command
def parties(
    gathering: str, /, *, party: Annotated[tuple[str, ...], Parameter(negative=())] = (), at: InRecord = READ
) -> int:
    """Show who of the parties took part and how, by which sources, and the numbers said of the gathering side by side.

    Example: vestige dialogue parties gathering:abcdefghijklmnop

    Parameters
    ----------
    gathering
        The id of the gathering.
    party
        The id of an actor; without any, the parties that the record's policy names.
    """
    from vestige.keeping.acts import parties_table

    with at.read() as record:
        table = parties_table(record, gathering, party)
    if at.json:
        print_json(table)
        return 0
    for actor, cells in table.rows.items():
        out.print(actor)
        for part, sources in cells.items():
            out.print(f"  {part}: {', '.join(sources) or 'no source here'}")
    for what, claims in table.claims.items():
        said = "; ".join(f"{claim.speaker}: {claim.figure.said} {claim.figure.number}" for claim in claims)
        out.print(f"{what}: {said}{'  (contradictory)' if what in table.contradictory else ''}")
    return 0


@app.command
def state(undertaking: str, /, *, at: InRecord = READ) -> int:
    """Say what became of an undertaking by the statements about it; the bound party's own word never suffices.

    Example: vestige dialogue state undertaking:abcdefghijklmnop

    Parameters
    ----------
    undertaking
        The id of the undertaking.
    """
    from vestige.keeping.acts import undertaking_state

    with at.read() as record:
        progress = undertaking_state(record, undertaking)
    if at.json:
        print_json(progress)
        return 0
    out.print(f"{progress.state}{', overdue' if progress.overdue else ''}")
    for title, said in (("said", progress.said), ("said by who is bound", progress.by_bound)):
        for one, speakers in said.items():
            out.print(f"  {title}: {one}, by {', '.join(speakers)}")
    return 0
