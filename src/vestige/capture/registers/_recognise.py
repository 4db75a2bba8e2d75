"""The form of a register, by its headings.

What a register says happened to a place (comments, damage columns) is left out of the site: that is for statements and assessments,
which carry who said it.
"""

from collections.abc import Mapping, Sequence

from vestige.capture.registers._errors import RegisterError
from vestige.capture.registers.forms._form import Form
from vestige.capture.registers.forms._list import FORMS
from vestige.capture.registers.forms._plain import mapped, plain


def recognise(columns: Sequence[str], mapping: Mapping[str, str] | None = None, *, register: str | None = None) -> Form:
    """Give the form of a register with these columns, or the one that a ``mapping`` of site field to column describes.

    ``register`` names a register whose form is not known; its name is the scheme of its ids too.
    Raises RegisterError when no form fits, with the columns found, so that the user can map them.
    """
    if mapping:
        return mapped(mapping, columns, register)
    have = frozenset(columns)
    found = next((form for form in FORMS if form.fits(have)), None) or plain(columns, register)
    if found:
        return found
    shown = ", ".join(name for name in columns if not name.startswith("@"))
    raise RegisterError(
        f"expected a register whose columns are known, got the columns {shown[:300]}",
        hint="say which column is which: --map name=COLUMN,lat=COLUMN,lon=COLUMN; columns without headings by number",
    )


def fits(columns: Sequence[str], mapping: Mapping[str, str] | None) -> bool:
    """Whether these are the headings of a register, or hold the columns of a mapping."""
    try:
        recognise(columns, mapping)
    except RegisterError:
        return False
    return True
