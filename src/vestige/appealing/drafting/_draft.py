"""A draft: the editable TOML file between the record and the letter, read strictly and written so that a person can edit it.

Sentences of fact stand in it to be read. What they say is made again from the entries whenever the draft is checked or composed, and a changed
letter is an error, so that nobody can edit a fact. People write requests, views, declarations and measures.
"""

import datetime as dt
import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from vestige.appealing._errors import DraftError
from vestige.errors import NOT_TOML

MOST_BYTES = 5_000_000
PLACEHOLDER = "…"
"""What stands where a person has yet to write."""

Line = Annotated[str, Meta(min_length=1, max_length=2_000)]
Tag = Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Base of the parts of a draft: a key that is not known is an error."""


class DraftParagraph(Part, frozen=True, kw_only=True):
    """A paragraph. A ``fact`` names its ``sentence`` and cites; ``keep`` is the reason for keeping a charged word in a view, which is printed."""

    role: Literal["fact", "request", "view", "declaration", "measure", "quotation"]
    text: Annotated[str, Meta(min_length=1)]
    sentence: Line | None = None
    cites: tuple[str, ...] = ()
    language: Tag | None = None
    keep: Line | None = None


class DraftPart(Part, frozen=True, kw_only=True):
    """What is given under one field of the form: ``answer`` for a choice or a consent, else paragraphs."""

    field: Line
    answer: str | None = None
    paragraph: tuple[DraftParagraph, ...] = ()


class DraftPhotograph(Part, frozen=True, kw_only=True):
    """A photograph that goes with a form, by the id of the source that preserves it; what it shows, and whose it is."""

    source: Line
    caption: Line
    credit: Line


class DraftEnclosure(Part, frozen=True, kw_only=True):
    """A document that goes with a form: of which kind that the form asks for, and the id of the source that preserves it."""

    kind: Line
    source: Line


class DraftSignatory(Part, frozen=True, kw_only=True):
    """Who will sign: an actor of the record, named as the record names them; ``who`` is what the form's rules ask for."""

    name: Line
    who: Literal["state", "mission", "person", "group", "ngo", "institution"]
    capacity: Line
    actor: str | None = None
    organisation: Line | None = None
    on_behalf_of: Line | None = None
    consent: bool = False


class DraftSignature(Part, frozen=True, kw_only=True):
    """A signatory's Ed25519 signature over the draft's digest."""

    signatory: Line
    key: str
    signature: str


class DraftFile(Part, frozen=True, kw_only=True):
    """A whole draft. ``checkpoint`` is ``size root`` of the record that it was filled from; ``date`` is the day that the letter bears."""

    form: Line
    language: Tag
    date: dt.date
    checkpoint: Annotated[str, Meta(pattern=r"^\d+ [0-9a-f]{64}\Z")]
    sites: tuple[str, ...]
    signatory: tuple[DraftSignatory, ...] = ()
    part: tuple[DraftPart, ...] = ()
    photograph: tuple[DraftPhotograph, ...] = ()
    enclosure: tuple[DraftEnclosure, ...] = ()
    title: Line | None = None
    letter: Literal["letter", "formal-letter", "note-verbale", "form"] | None = None
    means: Literal["post", "email", "portal", "diplomatic", "hand", "fax"] | None = None
    visibility: Literal["public", "withheld"] = "public"
    courtesy: bool = False
    sample: bool = False
    elsewhere: Line | None = None
    succeeds: str | None = None
    signature: tuple[DraftSignature, ...] = ()

    @property
    def size(self) -> int:
        """The size of the record that it was filled from."""
        return int(self.checkpoint.split()[0])

    @property
    def root(self) -> str:
        """The root hash of the record that it was filled from, in hexadecimal."""
        return self.checkpoint.split()[1]

    def digest(self) -> str:
        """Give the SHA-256 of the draft without its signatures: what signatories sign."""
        unsigned = msgspec.structs.replace(self, signature=())
        return hashlib.sha256(msgspec.json.encode(unsigned, order="sorted")).hexdigest()

    def paragraphs(self) -> Iterator[tuple[DraftPart, int, DraftParagraph]]:
        """Give every paragraph with its part and its number there, from 1."""
        for part in self.part:
            yield from ((part, i, one) for i, one in enumerate(part.paragraph, 1))


def read_draft(data: bytes, *, where: str = "draft") -> DraftFile:
    """Read a draft. Raises DraftError that names the key, what was expected and what came."""
    if len(data) > MOST_BYTES:
        raise DraftError(f"expected a draft of at most {MOST_BYTES} bytes, got {len(data)}", where=where)
    try:
        return msgspec.convert(tomllib.loads(data.decode()), DraftFile)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$.")
        text = message[:1].lower() + message[1:]
        raise DraftError(f"{path.rstrip('`')}: {text}" if path else text, where=where) from error
    except NOT_TOML as error:
        raise DraftError(f"expected TOML in UTF-8: {error}", where=where) from error


def write_draft(draft: DraftFile) -> bytes:
    """Write a draft as TOML: simple keys first, then a table each for signatories and parts."""
    built = msgspec.to_builtins(draft, builtin_types=(dt.date,))
    return ("\n".join(_table(built, ())).strip() + "\n").encode()


def _table(values: dict[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    nested = {key: value for key, value in values.items() if _is_tables(value)}
    yield from (f"{key} = {_value(value)}" for key, value in values.items() if key not in nested and value is not None)
    for key, tables in nested.items():
        for table in tables:
            yield ""
            yield f"[[{'.'.join((*path, key))}]]"
            yield from _table(table, (*path, key))


def _is_tables(value: Any) -> bool:
    return isinstance(value, list | tuple) and bool(value) and isinstance(value[0], dict)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return _list(value)
    return _string(str(value))


def _list(values: Iterable[Any]) -> str:
    items = [_value(value) for value in values]
    return f"[{', '.join(items)}]" if len(items) < 2 else "[\n" + "".join(f"  {item},\n" for item in items) + "]"


def _string(text: str) -> str:
    return msgspec.json.encode(text).decode().replace("\x7f", "\\u007f")
