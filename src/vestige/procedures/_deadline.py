"""A day that a rule makes, explained whole."""

from typing import Literal

import msgspec


class Deadline(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A day that a rule of the form makes, and how: ``rule`` explains it whole (rule, start, length), ``mark`` how sure that is (A or B).

    ``day`` is ISO 8601; it is none while the day from which it is counted is not known. ``what`` is what is due by then.
    What the rule says, and how it counts, stands apart too, so that it can be told in any language: ``says`` in the form's words, ``length``
    and ``unit`` from ``start``, the day that it was ``after``; ``about`` says that the length is a rough one, ``extended`` to which day it was moved.
    """

    day: str | None
    what: str
    rule: str
    source: str
    mark: Literal["A", "B"]
    says: str = ""
    after: str = ""
    length: int | None = None
    unit: str = "days"
    about: bool = False
    start: str | None = None
    extended: str | None = None
