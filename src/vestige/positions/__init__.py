"""Whether a preserved file tells where it was made. One table of forms, which adding a source, publishing and checking all ask.

What is not positively known to tell no place counts as telling one: it stays unpublished, or a copy that the project made is published.
"""

from vestige.positions._copies import ENDINGS, copy_without_positions
from vestige.positions._forms import FORMS, OVER_BUDGET, Verdict, form_of_bytes, look_into, tells_place
from vestige.positions._model import DEPTH

__all__ = [
    "DEPTH",
    "ENDINGS",
    "FORMS",
    "OVER_BUDGET",
    "Verdict",
    "copy_without_positions",
    "form_of_bytes",
    "look_into",
    "tells_place",
]
