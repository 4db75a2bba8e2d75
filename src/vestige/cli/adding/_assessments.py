"""``vestige add assessments``: the judgements of a table, a row each."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vestige.capture import read_assessment_table
from vestige.cli._console import out, print_json
from vestige.cli._options import WRITE, ToRecord
from vestige.cli.adding._table import errors_of, order, print_rows, read_mapping, table_bytes
from vestige.keeping.adding import enter_planned, plan_assessments
from vestige.keeping.finding import named_by
from vestige.publishing import words_for_terms

if TYPE_CHECKING:
    from vestige.capture import AssessmentTable
    from vestige.keeping.adding import AssessmentPlan


_SHOWN = 8
"""Sites that are named one by one."""


def assessments(
    file: Path,
    *,
    map: str,  # noqa: A002 - the option's name
    assessor: str | None = None,
    scale: str | None = None,
    encoding: str | None = None,
    layer: str | None = None,
    dates: str | None = None,
    withheld: bool = False,
    yes: bool = False,
    dry_run: bool = False,
    at: ToRecord = WRITE,
) -> int:
    """Add the assessments of a table, a row each: CSV, JSON, spreadsheet. --dry-run shows the terms that it would take.

    Conditions and all other terms are EAMENA's (vestige terms lists them), or the words for them in any language of the pages; a condition that is none of them refuses its row, other words
    are kept in the note as the table has them. Rows that cannot be read are listed with their line; the others come in.

    Example: vestige add assessments survey.csv --map site=Ref,condition=State,date=Visited,assessor=By --dry-run

    Parameters
    ----------
    file
        The table.
    map
        Which column is what, by its heading or number: site (id, name or SCHEME:VALUE), condition, original (SCHEME:GRADE), date (a date, or
        START/END), before, assessor, organisation, extent, trend, method, disturbance, evidence, note.
    assessor
        Who judged the rows that name nobody.
    scale
        The scheme of grades in original that name none, such as unosat.
    encoding
        The encoding of the file, where it is not UTF-8 or Windows-1252, such as cp1251.
    layer
        The sheet to read, where the file has several.
    dates
        How 01/02/2021 is meant: dmy or mdy.
    withheld
        Keep them from the public.
    yes
        Enter them beside judgements of the same window by the same assessor.
    dry_run
        Say what would be done, and do nothing.
    """
    mapping = read_mapping(map)
    with errors_of(file):
        table = read_assessment_table(
            table_bytes(file),
            mapping,
            assessor=assessor,
            scale=scale,
            encoding=encoding,
            layer=layer,
            dates=order(dates),
            words=words_for_terms(),
        )
    with at.open() as record:
        plan = plan_assessments(record, table, withheld=withheld, beside=yes)
        if not dry_run:
            enter_planned(record, plan)
        sites = Counter(line for draft in plan.drafts for line in named_by(record, draft.body))
    if at.json:
        print_json(_as_json(table, plan, dry_run=dry_run))
    else:
        _print(table, plan, dry_run=dry_run)
        for line, count in sites.most_common(_SHOWN):
            out.print(f"  {count:>6} of {line}")
        if len(sites) > _SHOWN:
            out.print(f"         and of {len(sites) - _SHOWN} more")
    return 2 if table.rows and not plan.drafts and not plan.same else 0


def _print(table: "AssessmentTable", plan: "AssessmentPlan", *, dry_run: bool) -> None:
    out.print(f"mapped columns, {table.encoding}: {table.rows} rows, {len(plan.refused)} refused")
    for word, count in sorted(Counter(table.words).items(), key=lambda item: (item[0].field, -item[1])):
        said = f"taken for {word.term}" if word.term else "no term of EAMENA's: left to the note as it stands"
        out.print(f"  {count:>6} {word.field} {word.printed!r} {said}")
    out.print(f"  {len(plan.drafts):>6} {'would be ' if dry_run else ''}added")
    if plan.same:
        out.print(f"  {plan.same:>6} in the record already")
    print_rows("rows refused", plan.refused)


def _as_json(table: "AssessmentTable", plan: "AssessmentPlan", *, dry_run: bool) -> dict[str, Any]:
    words = Counter(table.words)
    return {
        "dry_run": dry_run,
        "encoding": table.encoding,
        "rows": table.rows,
        "added": len(plan.drafts),
        "same": plan.same,
        "refused": [row._asdict() for row in plan.refused],
        "terms": [word._asdict() | {"rows": count} for word, count in words.items()],
    }
