"""Any table of assessments, by a mapping of fields to columns: one assessor's judgement of one site a row, in EAMENA's terms."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from vestige.capture._notation import ReadTerm, read_disturbance, read_grade, term_reader
from vestige.capture.registers._assessments import UNKNOWN_SITE
from vestige.capture.registers._dates import read_date
from vestige.capture.registers._errors import RegisterError
from vestige.capture.registers._read import clean_cells
from vestige.capture.registers._rows import Reading, Refusal, Row
from vestige.capture.registers.files._open import open_table
from vestige.capture.registers.forms._plain import column_of
from vestige.entries import Assessment, Assessor, DateWindow, Disturbance
from vestige.errors import InputError

FIELDS = (
    "site", "condition", "original", "date", "before", "assessor", "organisation", "extent", "trend", "method", "disturbance", "evidence", "note",
)  # fmt: skip
"""What a column can be."""
_LISTS = {"extent": "extent", "trend": "trend", "method": "assessment_type"}


class Word(NamedTuple):
    """A word of a table, and the term that it was taken for; None where the vocabulary has none such, and the note keeps it as printed."""

    field: str
    printed: str
    term: str | None


class JudgedRow(NamedTuple):
    """A row that was read: its line, the site and the evidence as written, and the judgement, whose site is not known yet."""

    line: int
    site: str
    evidence: tuple[str, ...]
    body: Assessment


class AssessmentTable(NamedTuple):
    """A table of assessments: all rows counted, those that were read, every other with its reason, and the words of all that were read."""

    encoding: str
    rows: int
    read: tuple[JudgedRow, ...]
    refused: tuple[Refusal, ...]
    words: tuple[Word, ...]


def read_assessment_table(
    data: bytes,
    mapping: Mapping[str, str],
    *,
    assessor: str | None = None,
    scale: str | None = None,
    encoding: str | None = None,
    layer: str | None = None,
    dates: str | None = None,
    words: Mapping[str, Mapping[str, str]] | None = None,
) -> AssessmentTable:
    """Read a table of assessments. ``date`` holds a date or START/END, ``before`` the day before which it was so.

    ``assessor`` judged every row whose column names nobody; ``scale`` is the scheme of grades that ``original`` holds without one; ``dates``
    (dmy, mdy) says how ``01/02/2021`` is meant. A word of extent, trend, method or disturbance that EAMENA's lists do not have is left to the
    note; a condition that they do not have refuses its row. ``words`` are those of other languages for terms, by list. Raises RegisterError where the table as a whole cannot be read.
    """
    _require_fields(mapping, assessor)

    def fits(columns: Sequence[str]) -> bool:
        return all(column_of(column, columns) in columns for column in mapping.values())

    table, used, _ = open_table(data, mapping=mapping, encoding=encoding, layer=layer, fits=fits)
    columns = {field: column_of(column, table.columns) for field, column in mapping.items()}
    for column in columns.values():
        if column not in table.columns:
            shown = ", ".join(name for name in table.columns if not name.startswith("@"))
            raise RegisterError(f"expected a column {column!r}, got {shown[:300]}", where="--map")
    rows, read, refused, taken_for = 0, [], [], []
    term = term_reader(words or {})
    for raw in table.rows:
        rows += 1
        if isinstance(raw, Refusal):
            refused.append(raw)
            continue
        row = raw._replace(cells=clean_cells(raw.cells), reading=Reading(dates=dates))
        cells = {field: row.get(column) for field, column in columns.items()}
        try:
            judged, taken = _judged(row, cells, assessor, scale, term)
        except (InputError, ValueError) as error:
            refused.append(Refusal(row.line, _reason(error), cells["site"][:80]))
        else:
            read.append(judged)
            taken_for += taken
    return AssessmentTable(used, rows, tuple(read), tuple(refused), tuple(taken_for))


def _require_fields(mapping: Mapping[str, str], assessor: str | None) -> None:
    for field in mapping:
        if field not in FIELDS:
            raise RegisterError(f"expected a field among {', '.join(FIELDS)}, got {field!r}", where="--map")
    for choice in (("site",), ("condition", "original"), ("date", "before"), ("assessor",)):
        if mapping.keys().isdisjoint(choice) and not (choice == ("assessor",) and assessor):
            hint = "add assessor=COLUMN, or --assessor NAME" if choice == ("assessor",) else f"add {choice[0]}=COLUMN"
            raise RegisterError(f"expected a column for {' or '.join(choice)}, got none", where="--map", hint=hint)


def _reason(error: Exception) -> str:
    return error.message if isinstance(error, InputError) else str(error)


def _judged(
    row: Row, cells: Mapping[str, str], assessor: str | None, scale: str | None, term: ReadTerm
) -> tuple[JudgedRow, list[Word]]:
    """Read a row. Raises InputError or ValueError with what it lacks, or what of it is no condition and no date."""
    site, who = cells["site"], cells.get("assessor") or assessor
    if not site or not who:
        raise InputError(f"expected {'an assessor' if site else 'a site'}, got none")
    original = cells.get("original") or None
    if original and scale and ":" not in original:
        original = f"{scale}:{original}"
    grade, condition = read_grade(original, cells.get("condition") or None, term)
    words = [Word("condition", cells.get("condition") or original or "", condition)]
    terms = {field: _term(field, cells.get(field, ""), words, term) for field in _LISTS}
    disturbances = _disturbances(cells.get("disturbance", ""), words, term)
    body = Assessment(
        site=UNKNOWN_SITE,
        assessor=Assessor(name=who, organisation=cells.get("organisation") or None),
        window=_window(cells, row.reading.dates),
        condition=condition,
        original=grade,
        extent=terms["extent"],
        trend=terms["trend"],
        method=terms["method"],
        disturbances=disturbances,
        note=_note(cells.get("note", ""), words),
    )
    evidence = tuple(filter(None, (part.strip() for part in cells.get("evidence", "").split(";"))))
    return JudgedRow(row.line, site, evidence, body), words


def _term(field: str, text: str, words: list[Word], read: ReadTerm) -> str | None:
    if not text:
        return None
    try:
        term = read(_LISTS[field], text)
    except InputError:
        term = None
    words.append(Word(field, text, term))
    return term


def _disturbances(text: str, words: list[Word], read: ReadTerm) -> tuple[Disturbance, ...]:
    """Read disturbances as `vestige assess` writes them, several with a bar between."""
    found = []
    for part in filter(None, (part.strip() for part in text.split("|"))):
        try:
            found.append(read_disturbance(part, read))
        except InputError:
            words.append(Word("disturbance", part, None))
        else:
            words.append(Word("disturbance", part, f"{found[-1].cause_category} > {found[-1].cause_type}"))
    return tuple(found)


def _window(cells: Mapping[str, str], order: str | None) -> DateWindow:
    date, before = cells.get("date", ""), cells.get("before", "")
    if date and before:
        raise InputError("expected a date or a day before which it was so, got both")
    if before:
        return DateWindow(when="before", end=read_date(before, order))
    if not date:
        raise InputError("expected the date of the state, got none")
    start, slash, end = date.partition("/")
    if slash and len(start.strip()) >= len("2021") and start.strip()[:4].isdecimal() and end.strip()[:4].isdecimal():
        return DateWindow(when="between", start=read_date(start, order), end=read_date(end, order))
    return DateWindow(when="on", start=read_date(date, order))


def _note(text: str, words: Sequence[Word]) -> str | None:
    """Give the note, with the words that no term was found for, as printed."""
    left = "; ".join(f"{word.field}: {word.printed}" for word in words if word.term is None)
    return "\n".join(filter(None, (text, f"As the table has it: {left}." if left else ""))) or None
