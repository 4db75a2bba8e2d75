"""``vestige add actor``: somebody who speaks, publishes or assesses."""

import re
from typing import Literal

from vestige.cli._console import out, print_json
from vestige.cli._options import WRITE, ToRecord
from vestige.entries import Actor, Identifier, Name, encode_body
from vestige.errors import InputError
from vestige.keeping.adding import enter_actor

_TAG = re.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def actor(
    name: str,
    *,
    type: Literal["person", "organisation", "government", "campaign", "other"],  # noqa: A002 - the option's name
    language: str | None = None,
    also: tuple[str, ...] = (),
    description: str | None = None,
    identifier: tuple[str, ...] = (),
    at: ToRecord = WRITE,
) -> int:
    """Add somebody who speaks, publishes or assesses: a person, an organisation, a government.

    Example: vestige add actor "City Museum" --type organisation --also "Musée de la ville;fr"

    Parameters
    ----------
    name
        The name; that of a person is public for good.
    type
        person, organisation, government, campaign or other.
    language
        The language of the name, such as en.
    also
        Another name, NAME or NAME;LANGUAGE. May be given several times.
    description
        Who it is.
    identifier
        What another register calls it, SCHEME:VALUE. May be given several times.
    """
    names = (Name(text=name, language=language), *map(read_name, also))
    body = Actor(names=names, type=type, description=description, identifiers=tuple(map(_identifier, identifier)))
    encode_body(body)
    with at.open() as record:
        about, known, corrected = enter_actor(record, body)
    if at.json:
        print_json({"actor": about, "known": known, "corrected": corrected})
    else:
        said = f"corrected ({', '.join(corrected)})" if corrected else "in the record already" if known else "added"
        out.print(f"{said}: {about}  {name}")
    return 0


def read_name(text: str) -> Name:
    """Read TEXT or TEXT;LANGUAGE; a semicolon before anything but a language is part of the text."""
    name, _, language = text.rpartition(";")
    if name and _TAG.fullmatch(language.strip()):
        return Name(text=name.strip(), language=language.strip())
    return Name(text=text.strip().rstrip(";"))


def _identifier(text: str) -> Identifier:
    scheme, colon, value = text.partition(":")
    if not (colon and scheme and value):
        raise InputError(f"expected SCHEME:VALUE, got {text!r}", where="--identifier")
    return Identifier(scheme=scheme, value=value)
