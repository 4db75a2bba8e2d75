"""What can happen to an entry of a record, shown on notes that say what they are: corrected, withdrawn, withheld, opened."""

from pathlib import Path

from vestige.entries import Draft, Source
from vestige.record import Receipt, Record

_RIGHTS = "Part of Vestige (Apache-2.0)."
_ORIGIN = "Written by the Vestige developers, to show what a record does"


def show_what_can_happen(record: Record, site: Receipt, contributor: Path) -> None:
    """Enter notes of a contributor, of which one is corrected and one withdrawn, and notes of a keeper, of which one stays withheld and one is opened."""
    first, unwanted = record.append(
        Draft(
            _note("A note with a slip of the pen", "This note was entered by a contributor, with the yaer misspelt.")
        ),
        Draft(_note("A note that was withdrawn", "This note was entered by a contributor, who withdrew it.")),
        key=contributor,
    )
    better = _note(
        "A note that was corrected", "This note was entered by a contributor, and corrected: the year was misspelt."
    )
    record.append(Draft(better, first.about, first.entry), key=contributor)
    record.withdraw(
        unwanted.entry,
        "It shows that a withdrawn entry leaves its place and its reason, and nothing else.",
        key=contributor,
    )
    opened, _ = record.append(
        Draft(
            _note("A note that was opened", "This note was withheld when it was entered, and opened later."),
            cites=(site.entry,),
            visibility="withheld",
        ),
        Draft(
            _note("A note that is withheld", "Only whoever keeps the record reads this note."),
            cites=(site.entry,),
            visibility="withheld",
        ),
    )
    record.open_entry(opened.entry)


def _note(title: str, text: str) -> Source:
    return Source(title=title, form="reference", language="en", origin=_ORIGIN, rights=_RIGHTS, note=text)
