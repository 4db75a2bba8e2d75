"""Form files, read strictly: an unknown key, a field without mark, a clock without source is one clear line and no form."""

import datetime as dt
import functools
import importlib.resources
import tomllib
from collections.abc import Iterator

import msgspec

from vestige.errors import NOT_TOML
from vestige.procedures._errors import FormError
from vestige.procedures.forms._form import Field, Form

STALE_DAYS = 365
"""A form file whose oldest source was read longer ago than this is warned of."""


def form_ids() -> tuple[str, ...]:
    """Give the ids of the forms that ship, in alphabetical order."""
    folder = importlib.resources.files("vestige.procedures.forms")
    return tuple(sorted(file.name.removesuffix(".toml") for file in folder.iterdir() if file.name.endswith(".toml")))


def form_bytes(form_id: str) -> bytes:
    """Give the file of a form as it ships. Raises FormError where there is none of that id."""
    if form_id not in form_ids():
        raise FormError(
            f"expected a form among {', '.join(form_ids())}, got {form_id!r}", hint="see: vestige appeal forms"
        )
    return importlib.resources.files("vestige.procedures.forms").joinpath(f"{form_id}.toml").read_bytes()


@functools.cache
def form(form_id: str) -> Form:
    """Give a form that ships. Raises FormError where there is none, or its file is not sound."""
    return read_form(form_bytes(form_id), where=f"{form_id}.toml")


def read_form(data: bytes, *, where: str) -> Form:
    """Read a form file. Raises FormError that names the key, what was expected and what came."""
    try:
        found = msgspec.convert(tomllib.loads(data.decode()), Form)
    except msgspec.ValidationError as error:
        raise FormError(
            _explained(str(error)), where=where, hint="every fact needs a mark A or B and a source"
        ) from error
    except NOT_TOML as error:
        raise FormError(f"expected TOML in UTF-8: {error}", where=where) from error
    for complaint in complaints(found):
        raise FormError(complaint, where=where)
    return found


def _explained(text: str) -> str:
    message, _, path = text.partition(" - at `$.")
    return f"{path.rstrip('`')}: {message[:1].lower()}{message[1:]}" if path else message[:1].lower() + message[1:]


def complaints(found: Form) -> Iterator[str]:
    """Say what of a form does not hold together, though each part is well formed."""
    for place, mark, source in found.facts():
        if mark == "own":
            if source is not None or found.status != "outline":
                yield f"{place}: expected mark own only in an outline and without a source, got it otherwise"
        elif source not in found.sources:
            yield f"{place}: expected the key of a source of this file, got {source!r}"
    keys = [one.key for one in found.field]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield f"field {key}: expected each key once, got it {keys.count(key)} times"
    for one in found.field:
        yield from (f"field {one.key}: {complaint}" for complaint in _of_field(one))
    if found.status == "incomplete" and not found.unknown:
        yield "unknown: expected what an incomplete form leaves to the addressee's own form, got nothing"


def _of_field(one: Field) -> Iterator[str]:
    if (one.label is None) == (one.heading is None):
        yield "expected a label as printed or a heading of ours, got both or neither"
    if (one.kind == "choice") != bool(one.options):
        yield "expected options for a choice and for nothing else"
    if (one.kind == "facts") != bool(one.holds):
        yield "expected what it holds for facts and for nothing else"
    if one.default is not None and one.options and one.default not in one.options:
        yield f"expected a default among its options, got {one.default!r}"


def is_stale(found: Form, today: dt.date) -> bool:
    """Whether a form was checked longer than a year ago."""
    return (today - found.checked).days > STALE_DAYS
