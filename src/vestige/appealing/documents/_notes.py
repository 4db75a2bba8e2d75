"""Footnotes: which entry has which number where. The same in every document of an appeal, so that "note 12" means one thing.

A section stands by itself, since it may be pasted into a field of a portal: an entry gets a new note where a section first cites it, and keeps
that number to the end of the section. No *ibid.*, which means another thing once text is cut. Cells of tables carry no notes: the tables of
the annexes are themselves lists of entries.
"""

from collections.abc import Iterator

import msgspec

from vestige.appealing._composed import Citation, Composed, Section
from vestige.appealing.documents._legible import one_line
from vestige.errors import InputError


class Note(msgspec.Struct, frozen=True):
    """A footnote: its number from 1, the section and entry that it is for, and what it says."""

    number: int
    section: str
    entry: str
    text: str
    language: str
    address: str | None = None


class Notes:
    """All footnotes of an appeal in order. Raises InputError when an entry is cited of which the appeal says nothing."""

    def __init__(self, composed: Composed) -> None:
        self._citations = {citation.entry: citation for citation in composed.citations}
        self._notes: dict[tuple[str, str], Note] = {}
        for section in (*composed.sections, *composed.annexes):
            for entry in _cited(section):
                self._notes.setdefault((section.id, entry), self._note(section, entry))

    def __iter__(self) -> Iterator[Note]:
        """Give every note, first to last."""
        return iter(self._notes.values())

    def __len__(self) -> int:
        return len(self._notes)

    def of(self, section: Section, entry: str) -> Note:
        """Give the note of an entry in a section."""
        return self._notes[section.id, entry]

    def _note(self, section: Section, entry: str) -> Note:
        citation = self._citations.get(entry)
        if citation is None:
            raise InputError(
                f"expected every cited entry among the citations, got {entry}", where=f"section {section.id}"
            )
        text = one_line(citation.text)
        return Note(len(self._notes) + 1, section.id, entry, text, citation.language, _address(citation, text))


def _cited(section: Section) -> Iterator[str]:
    for paragraph in section.paragraphs:
        for run in paragraph.runs:
            yield from run.cites


def _address(citation: Citation, text: str) -> str | None:
    """Give the address to print after a note: one that opens in a browser and that its text does not name yet."""
    address = citation.address
    return address if address and address.startswith(("https://", "http://")) and address not in text else None
