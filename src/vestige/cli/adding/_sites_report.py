"""What ``vestige add sites`` says of an import: what was added, corrected, merged and refused, for people and as JSON."""

from typing import TYPE_CHECKING, Any

from vestige.cli._console import out
from vestige.cli.adding._table import print_row, print_rows

if TYPE_CHECKING:
    from vestige.capture import Change, ImportPlan, Register


def print_import(read: "Register", plan: "ImportPlan", *, dry_run: bool) -> None:
    """Print what was added, corrected and merged, and every row that was refused."""
    would = "would be " if dry_run else ""
    out.print(
        f"{read.form}, {read.encoding}: {read.rows} rows, {len(read.sites)} sites, {read.merged} merged, {len(read.refused)} refused"
    )
    for note in read.notes:
        out.print(f"  {note}")
    out.print(f"  {len(plan.new):>6} {would}added")
    if plan.changed:
        out.print(f"  {len(plan.changed):>6} {would}corrected")
    if plan.same:
        out.print(f"  {plan.same:>6} in the record already")
    if read.merged:
        out.print(f"  {read.merged:>6} rows merged into another row of the same site")
    if read.unlocated:
        out.print(f"  {read.unlocated:>6} without a single point: serial properties over several countries")
    print_rows("rows refused", read.refused)
    print_rows("rows disagree on the place", read.conflicts)
    exposed = _exposed(plan.changed)
    if exposed:
        out.print(
            f"  {len(exposed)} sites are sensitive now, but an earlier public entry holds the exact place; end it: "
            f"vestige withdraw {exposed[0].known.entry[:16]} --why …"
        )


def print_assessments(read: "Register", entered: int, *, asked: bool) -> None:
    """Print what became of the assessments of a register."""
    if not read.assessments:
        return
    if not asked:
        out.print(f"  {len(read.assessments):>6} assessments in it were left out; --assessments enters them")
        return
    out.print(f"  {entered:>6} assessments added of {len(read.assessments)}")
    unpaired = sum(not item.paired for item in read.assessments)
    if unpaired:
        out.print(
            f"  {unpaired:>6} of them list causes and effects that cannot be paired: their notes hold them as printed"
        )
    for row in read.unassessed:
        print_row(row)


def _exposed(changed: "tuple[Change, ...]") -> "list[Change]":
    return [item for item in changed if item.site.sensitivity == "sensitive" and item.known.site.sensitivity == "open"]


def as_json(read: "Register", plan: "ImportPlan", *, dry_run: bool) -> dict[str, Any]:
    """Give an import as plain data."""
    return {
        "form": read.form,
        "encoding": read.encoding,
        "dry_run": dry_run,
        "rows": read.rows,
        "sites": len(read.sites),
        "added": len(plan.new),
        "corrected": len(plan.changed),
        "same": plan.same,
        "notes": list(read.notes),
        "merged": read.merged,
        "without_point": read.unlocated,
        "refused": [row._asdict() for row in read.refused],
        "conflicts": [row._asdict() for row in read.conflicts],
        "exposed": [item.known.entry for item in _exposed(plan.changed)],
    }
