"""A second thing that says nearly the same as one that stands: asked about before it is entered, since it is often a slip."""

from difflib import SequenceMatcher

from vestige.entries import Assessment, Statement
from vestige.errors import InputError
from vestige.keeping.finding import title_of
from vestige.record import Entry, Record, fold

NEARLY = 0.9
"""The share of letters from which two statements are taken for the same words: typing slips lie above, other sentences below."""


class AlikeError(InputError):
    """Nearly the same stands already; whoever enters it says whether it is to stand beside it."""


def require_other_statement(record: Record, body: Statement) -> None:
    """Raise AlikeError where a statement of the same speaker in the same source says nearly the same words."""
    for entry in record.index.of_source(body.source):
        other = entry.body
        if (
            isinstance(other, Statement)
            and other.status != "rejected"
            and _one_speaker(other, body)
            and _one_saying(other, body)
        ):
            raise _alike("statement", entry)


def require_other_assessment(record: Record, body: Assessment) -> None:
    """Raise AlikeError where the same assessor judged the same site for the same window."""
    for entry in record.index.linked(body.site, "assessment"):
        other = entry.body
        if (
            not isinstance(other, Assessment)
            or other.site != body.site
            or other.window.bounds() != body.window.bounds()
        ):
            continue
        if fold(other.assessor.name) == fold(body.assessor.name):
            raise _alike("assessment", entry)


def _alike(kind: str, entry: Entry) -> AlikeError:
    return AlikeError(
        f"nearly the same {kind} stands: {entry.about} {title_of(entry)}; nothing was entered",
        hint=f"enter it beside that one: --yes; or mend that one: vestige correct {entry.about} --field value",
    )


def _one_speaker(one: Statement, other: Statement) -> bool:
    """Tell whether two speakers may be one: no part that both give differs."""
    parts = ("name", "role", "organisation")
    both = [(getattr(one.speaker, part), getattr(other.speaker, part)) for part in parts]
    given = [(first, second) for first, second in both if first and second]
    return bool(given) and all(fold(first) == fold(second) for first, second in given)


def _one_saying(one: Statement, other: Statement) -> bool:
    """Tell whether two statements are nearly the same words."""
    first, second = (" ".join(fold(body.content).split()) for body in (one, other))
    if first == second:
        return True
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    bound = matcher.real_quick_ratio() >= NEARLY and matcher.quick_ratio() >= NEARLY
    return bound and max(len(first), len(second)) <= 5_000 and matcher.ratio() >= NEARLY
