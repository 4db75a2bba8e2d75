"""The parts of ``vestige call`` by which an auditor asks a sample that nobody alone could choose, and the keeper hands over what that takes."""

import datetime as dt
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from vestige.cli._console import out, print_json
from vestige.cli._options import READ, InRecord

AsJson = Annotated[bool, Parameter(negative=(), help="Print as JSON.")]


def auditor(folder: Path, /, *, json: AsJson = False) -> int:
    """Make an auditor's folder with its keys. It lies with the auditor, never with the keeper.

    Example: vestige call auditor audit

    Parameters
    ----------
    folder
        A new folder that only its owner reads.
    """
    from vestige.keeping.acts.audits import make_auditor

    keys = make_auditor(folder)
    if json:
        print_json({"folder": str(folder), "sealed_to": keys.sealed_to(), "signer": keys.signer()})
        return 0
    out.print(f"made: {folder}")
    out.print(f'  for the call\'s sealed_to: {{name = "…", key = "{keys.sealed_to()}"}}')
    out.print(f"  signs as: {keys.signer()}")
    out.print("  tell the keeper both, and keep the folder")
    return 0


def commit(
    folder: Path,
    call: str,
    /,
    *,
    name: str,
    size: int = 300,
    organisation: str | None = None,
    json: AsJson = False,
) -> int:
    """Commit to a sample before the closing tally: choose a number, and write the signed draw that hides it, for the keeper to enter.

    Then: the keeper runs vestige call enter draw draw.json.

    Example: vestige call commit audit call:abcdefghijklmnop --name "A. Auditor" --size 300

    Parameters
    ----------
    folder
        The auditor's folder.
    call
        The id of the call.
    name
        Who audits, as the record will print it.
    size
        How many will be asked.
    organisation
        For which organisation.
    """
    from vestige.keeping.acts.audits import commit_to_sample

    file = commit_to_sample(folder, call, size, name, organisation)
    if json:
        print_json({"draw": str(file), "size": size})
        return 0
    out.print(f"committed: {file}", soft_wrap=True)
    out.print("  give this file to the keeper, and nothing else of the folder")
    return 0


def sample(folder: Path, place: str, /, *, json: AsJson = False) -> int:
    """Draw the sample once the closing tally stands and the keeper has opened the draw; the number is known from then on.

    Then: the keeper runs vestige call openings.

    Example: vestige call sample audit https://heritage.example/

    Parameters
    ----------
    folder
        The auditor's folder.
    place
        A published record (folder or address) or a record on disk.
    """
    from vestige.keeping.acts.audits import draw_sample

    drawn = draw_sample(folder, place)
    if json:
        print_json(
            {"tally": drawn.tally, "draw": drawn.draw, "population": drawn.population, "positions": drawn.positions}
        )
        return 0
    out.print(f"drawn: {len(drawn.positions)} of {drawn.population} that stand, by tally {drawn.tally}")
    out.print(f"  give the keeper {folder / 'sample.json'}", soft_wrap=True)
    return 0


def openings(call: str, collection: Path, sample_file: Path, to: Path, /, *, at: InRecord = READ) -> int:
    """Write the sealed openings of a sample for its auditor, after drawing the sample again; nobody else can open them.

    Example: vestige call openings call:abcdefghijklmnop collection sample.json openings.json

    Parameters
    ----------
    call
        The call.
    collection
        The folder that vestige call collect filled.
    sample_file
        What the auditor drew.
    to
        The file to write.
    """
    from vestige.keeping.acts.audits import hand_over
    from vestige.keeping.acts.crowd import collection_of

    with at.read() as record, collection_of(record, call, collection) as held:
        done = hand_over(record, held, sample_file, to)
    if at.json:
        print_json(done)
        return 0
    out.print(f"handed over: {done.drawn - done.gone} sealed openings in {done.file}", soft_wrap=True)
    if done.gone:
        out.print(f"  ended since the closing tally, and gone: {done.gone}; they count as silent")
    return 0


def ask(folder: Path, place: str, openings_file: Path, /, *, json: AsJson = False) -> int:
    """Open what the keeper handed over, compare each opening with its commitment, and write the list of those to be asked.

    Write yes, no, silent or bounced into the column answer; then: vestige call audit.

    Example: vestige call ask audit https://heritage.example/ openings.json

    Parameters
    ----------
    folder
        The auditor's folder.
    place
        As for sample.
    openings_file
        What the keeper handed over.
    """
    from vestige.keeping.acts.audits import whom_to_ask

    file, gone = whom_to_ask(folder, place, openings_file)
    if json:
        print_json({"list": str(file), "gone": gone})
        return 0
    out.print(f"written: {file}; every opening is what its commitment stands for", soft_wrap=True)
    out.print("  it names people: only you can read it; delete it when you have asked")
    return 0


def audit(
    folder: Path,
    /,
    *,
    method: str,
    paid_by: tuple[str, ...] = (),
    duplicates: int = 0,
    destroyed: str | None = None,
    json: AsJson = False,
) -> int:
    """Count the answers of the list and write the signed audit with both bounds, for the keeper to enter.

    Then: the keeper runs vestige call enter audit audit.json.

    Example: vestige call audit audit --method "Each was asked by mail, twice." --paid-by "A. Foundation"

    Parameters
    ----------
    folder
        The auditor's folder.
    method
        How they were asked.
    paid_by
        Who paid for the audit. May be given several times.
    duplicates
        How many of the sample were found to be of somebody who stands in it twice.
    destroyed
        The day on which the openings were destroyed, where they are.
    """
    from vestige.errors import InputError
    from vestige.keeping.acts.audits import finish_audit

    try:
        day = dt.date.fromisoformat(destroyed) if destroyed else None
    except ValueError as error:
        raise InputError("expected a day such as 2026-12-31", where=destroyed) from error
    done = finish_audit(folder, method=method, paid_by=paid_by, duplicates=duplicates, destroyed=day)
    if json:
        print_json(done)
        return 0
    said = done.audit
    out.print(f"asked {said.asked}: yes {said.yes}, no {said.no}, silent {said.silent}, bounced {said.bounced}")
    out.print(
        f"  did not join, at most: {said.bad_at_most:.2%} among those who answered; {said.bad_at_worst:.2%} at worst"
    )
    out.print(f"  signed: {done.file}; give the keeper this file and drawn.txt beside it", soft_wrap=True)
    return 0
