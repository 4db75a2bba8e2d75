"""A candidate edited one field at a time, as a person types it; each change is checked before it is taken, so that an error loses nothing."""

from typing import TYPE_CHECKING, NamedTuple

import msgspec
from msgspec.structs import replace

from vestige.capture import content_under, find_quote, nearest, optional_window, read_span, read_speaker
from vestige.entries import DateWindow, Place, Span, Statement, canonical_json, decode_body
from vestige.errors import InputError
from vestige.keeping.candidates._choices import Choice, place_choices, site_choices
from vestige.keeping.finding import standing, title_of
from vestige.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable

EMPTY = "-"
"""What a person types to empty a field; with a number, to remove one of several."""
MANNERS = ("direct", "indirect", "mixed", "topic")


class Field(NamedTuple):
    """A field that can be edited: the key it is chosen by, its name, and what may be typed."""

    key: str
    name: str
    typed: str


FIELDS = (
    Field("n", "name", "the speaker's name as printed"),
    Field("r", "role", "the role as printed"),
    Field("o", "organisation", "the organisation as printed"),
    Field("m", "manner", ", ".join(MANNERS)),
    Field("c", "content", "the words as printed, or START:END"),
    Field("u", "cue", "the word that introduces it, as printed"),
    Field("v", "via", "who reported it: NAME; ROLE; ORGANISATION, several divided by |"),
    Field("d", "said", "2015, 2015-08-31, 2015-08-01/2015-08-31, or: before 2015-08-31"),
    Field("p", "places", "a place as printed, to add it or choose again what it is; -2 removes the second"),
    Field("s", "sites", "words to look for among the record's sites; -2 removes the second"),
)


class Editing:
    """A candidate on the way to what a person makes of it."""

    def __init__(self, record: Record, body: Statement, text: str | None) -> None:
        self.record = record
        self.body = body
        self.text = text or ""

    def shown(self, name: str) -> list[str]:
        """Give what a field holds, one line for each of several."""
        body = self.body
        several = {
            "via": [" ".join(filter(None, (one.name, one.role, one.organisation))) for one in body.reported_via],
            "places": [place_shown(place) for place in body.places],
            "sites": [site_shown(self.record, about) for about in body.sites],
        }
        if name in several:
            return several[name]
        values = {"name": body.speaker.name, "role": body.speaker.role, "organisation": body.speaker.organisation}
        one = {
            **values,
            "manner": body.manner,
            "content": body.content,
            "cue": body.cue,
            "said": window_shown(body.said),
        }
        return [" ".join(one[name].split())] if one[name] else []  # type: ignore[union-attr]

    def change(self, name: str, typed: str) -> list[Choice]:
        """Take what was typed for a field; where it may mean several things, or one not yet sure, give these and take none.

        Raises InputError where it does not fit; the candidate is then as it was.
        """
        typed = typed.strip()
        if name in {"places", "sites"}:
            return self._change_list(name, typed)
        makers: dict[str, Callable[[str], Statement]] = {
            "manner": self._manner,
            "content": self._content,
            "cue": self._cue,
            "via": self._via,
            "said": self._said,
        }
        made = makers[name](typed) if name in makers else self._speaker(name, typed)
        self._take(made)
        return []

    def choose(self, choice: Choice) -> None:
        """Take one of the choices that a change gave."""
        body = self.body
        sites = tuple(dict.fromkeys((*body.sites, choice.site))) if choice.site else body.sites
        if choice.place is None:
            self._take(replace(body, sites=sites))
            return
        kept = tuple(one for one in body.places if (one.text, one.span) != (choice.place.text, choice.place.span))
        self._take(replace(body, places=(*kept, choice.place), sites=sites))

    def _take(self, body: Statement) -> None:
        """Check a body as an entry's is checked, and hold it."""
        checked = decode_body("statement", canonical_json(msgspec.to_builtins(body)))
        assert isinstance(checked, Statement)  # noqa: S101 - the kind is given
        self.body = checked

    def _change_list(self, name: str, typed: str) -> list[Choice]:
        items = getattr(self.body, name)
        if typed == EMPTY:
            self._take(replace(self.body, **{name: ()}))
            return []
        if typed.startswith(EMPTY) and typed[1:].strip().isdigit():
            number = int(typed[1:])
            if not 1 <= number <= len(items):
                raise InputError(f"expected a number from 1 to {len(items)}, got {number}", where=name)
            self._take(replace(self.body, **{name: (*items[: number - 1], *items[number:])}))
            return []
        if name == "sites":
            return site_choices(self.record, typed, self.body.places)
        return place_choices(self.record, self._printed_place(typed), self.body.places)

    def _printed_place(self, typed: str) -> Place:
        """Give a place as it stands in the text, nearest to what was said."""
        span = self._where(typed)
        if span is None:
            raise InputError(f"expected a place as the text prints it, got {typed!r}", where="places")
        return Place(text=typed, span=span)

    def _where(self, words: str | None) -> Span | None:
        spans = [(span.start, span.end) for span in self.body.spans] or [(0, 0)]
        found = nearest(self.text, words, spans)
        return Span(start=found[0], end=found[1]) if found else None

    def _speaker(self, name: str, typed: str) -> Statement:
        value = None if typed == EMPTY else " ".join(typed.split())
        try:
            who = replace(self.body.speaker, **{name: value})
        except ValueError as error:
            raise InputError(str(error), where=name) from error
        return replace(self.body, speaker=who, speaker_span=self._where(who.name or who.role or who.organisation))

    def _manner(self, typed: str) -> Statement:
        fits = [manner for manner in MANNERS if typed and manner.startswith(typed.lower())]
        if len(fits) != 1:
            raise InputError(f"expected one of: {', '.join(MANNERS)}, got {typed!r}", where="manner")
        return replace(self.body, manner=fits[0])

    def _content(self, typed: str) -> Statement:
        first, colon, last = typed.partition(":")
        at = read_span(typed) if colon and first.isdigit() and last.isdigit() else find_quote(self.text, typed)
        content, spans = content_under(self.text, [at])
        marks = tuple(Span(start=start, end=end) for start, end in spans)
        return replace(self.body, content=content, spans=marks, locator=None)  # the page was that of the words before

    def _cue(self, typed: str) -> Statement:
        cue = None if typed == EMPTY else " ".join(typed.split())
        return replace(self.body, cue=cue, cue_span=self._where(cue))

    def _via(self, typed: str) -> Statement:
        voices = () if typed == EMPTY else tuple(read_speaker(one) for one in typed.split("|"))
        return replace(self.body, reported_via=voices)

    def _said(self, typed: str) -> Statement:
        return replace(self.body, said=None if typed == EMPTY else read_said(typed))


def read_said(typed: str) -> DateWindow | None:
    """Read a date, two divided by a slash, or one after *before*. Raises InputError."""
    word, _, rest = typed.partition(" ")
    if word.lower() == "before":
        return optional_window(before=rest.strip())
    return optional_window(between=typed) if "/" in typed else optional_window(on=typed)


def window_shown(window: DateWindow | None) -> str:
    """Say a window as it is typed."""
    if window is None:
        return ""
    return {"on": f"{window.start}", "between": f"{window.start}/{window.end}", "before": f"before {window.end}"}[
        window.when
    ]


def place_shown(place: Place) -> str:
    """Say what a printed place is taken for."""
    if not place.name:
        return f"{place.text} (not said which)"
    return f"{place.text} = {place.name}" + (f" ({place.country})" if place.country else "")


def site_shown(record: Record, about: str) -> str:
    """Say which site it is."""
    found = standing(record, about)
    return f"{title_of(found)} ({about})" if found else about
