"""Names in the place of ids and hashes: what a person wrote for a thing, an entry or a file becomes what the body holds."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

from msgspec import inspect as shapes

from vestige.archive import hash_file
from vestige.entries import KINDS
from vestige.errors import InputError
from vestige.keeping.finding import find_evidence, find_thing
from vestige.keeping.typed._fields import field_of, holds_hash, holds_thing, item_of
from vestige.record import Record

_WHOLE_HASH = re.compile("[0-9a-f]{64}")
_OF_ENTRIES = {"evidence", "entry", "entries", "cites", "rests_on"}
"""Fields whose hashes are those of entries; all others are of preserved files."""


class Linker:
    """Resolves the links of one body, and remembers the entries that it then rests on.

    Files are looked for in ``folder`` and are not preserved before `preserve` is called, so that nothing is kept of a body that is refused.
    """

    def __init__(self, record: Record, folder: Path) -> None:
        self._record, self._folder = record, folder
        self.cites: list[str] = []
        self._files: list[Path] = []

    def resolved(self, shape: shapes.Type, value: Any, where: str) -> Any:
        """Give a value with its links looked up. Raises InputError that names the field where one is not found."""
        item = item_of(shape)
        if item is not None and isinstance(value, list | tuple):
            return [self.resolved(item, one, f"{where}[{number}]") for number, one in enumerate(value)]
        if isinstance(value, dict):
            inner = {name: field_of(shape, name) for name in value}
            return {
                name: self.resolved(found, value[name], f"{where}.{name}")
                if (found := inner[name])
                else _plain(value[name])
                for name in value
            }
        if isinstance(value, str):
            return self._link(shape, value, where)
        return _plain(value)

    def preserve(self, *, withheld: bool) -> None:
        """Keep the files that were named."""
        for path in self._files:
            self._record.add_file(path, withheld=withheld)

    def _link(self, shape: shapes.Type, text: str, where: str) -> str:
        try:
            if holds_thing(shape):
                found = find_thing(self._record, text, _kind_meant(where))
                self.cites.append(found.hash)
                return found.about
            if holds_hash(shape) and where.rpartition(".")[2].partition("[")[0] in _OF_ENTRIES:
                found = find_evidence(self._record, text)
                self.cites.append(found.hash)
                return found.hash
        except InputError as error:
            raise type(error)(error.message, where=f"{where}: {text}", hint=error.hint) from error
        return self._file(text, where) if holds_hash(shape) and not _WHOLE_HASH.fullmatch(text) else text

    def _file(self, text: str, where: str) -> str:
        path = self._folder / text
        if not path.is_file():
            raise InputError("expected a file beside this one, or its SHA-256", where=f"{where}: {text}")
        self._files.append(path)
        return hash_file(path)


def _kind_meant(where: str) -> str | None:
    """Give the kind that a field's name tells (``site``, ``sites``, ``actor``), where it does."""
    name = where.rpartition(".")[2].partition("[")[0]
    return next((kind for kind in (name, name.removesuffix("s")) if kind in KINDS), None)


def _plain(value: Any) -> Any:
    """Give TOML's own dates as an entry writes them."""
    if isinstance(value, dt.datetime):
        whole = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
        return whole.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return {name: _plain(one) for name, one in value.items()} if isinstance(value, dict) else value
