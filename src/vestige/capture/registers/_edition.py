"""UNESCO's export of any edition as the table that a study of the List takes."""

from vestige.capture.registers._rows import Refusal
from vestige.capture.registers.files._open import open_table
from vestige.capture.registers.forms._unesco import edition_row, headings


def read_edition(data: bytes) -> list[dict[str, str]] | None:
    """Read an edition of the World Heritage List whose headings are not ``id_no`` and its fellows; None where it is anything else.

    Rows have the headings of the editions before. Raises RegisterError where the file cannot be read, or a row of it not.
    """
    table = open_table(data, mapping=None, encoding=None, layer=None).table
    found = headings(frozenset(table.columns))
    if found is None or found.number == "id_no":
        return None
    rows = (row for row in table.rows if not isinstance(row, Refusal))
    return [cells for row in rows if (cells := edition_row(row)) is not None and cells["id_no"]]
