"""Any kind of entry from a TOML file: strictly read, its links looked up by name."""

import tomllib
from pathlib import Path
from typing import Any

from vestige.entries import Body, Draft, canonical_json, decode_body
from vestige.errors import NOT_TOML, InputError
from vestige.keeping.typed._fields import kind_named, names_of, shape_of
from vestige.keeping.typed._links import Linker
from vestige.record import Receipt, Record


def read_toml(file: Path) -> dict[str, Any]:
    """Read a TOML file. Raises InputError that says where it is none."""
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise InputError(f"expected a file that can be read: {error.strerror}", where=str(file)) from error
    except NOT_TOML as error:
        raise InputError(f"expected TOML in UTF-8: {error}", where=str(file)) from error


def body_of(record: Record, kind: str, data: dict[str, Any], folder: Path, *, where: str) -> tuple[Body, Linker]:
    """Make a body of plain data. Raises InputError that names the field that is not known, not found or not as it must be."""
    shape = shape_of(kind_named(kind))
    unknown = [name for name in data if name not in names_of(shape)]
    if unknown:
        raise InputError(
            f"expected fields among {', '.join(names_of(shape))}, got {unknown[0]!r}", where=f"{where}, {kind}"
        )
    linker = Linker(record, folder)
    resolved = linker.resolved(shape, data, kind)
    return decode_body(kind, canonical_json(resolved)), linker


def enter_file(record: Record, kind: str, file: Path, *, withheld: bool = False) -> tuple[Receipt, Body]:
    """Enter what a TOML file says as an entry of a kind; it rests on the entries that it names."""
    body, linker = body_of(record, kind, read_toml(file), file.parent, where=str(file))
    record.signing_key()
    linker.preserve(withheld=withheld)
    cites = tuple(dict.fromkeys(linker.cites))
    (receipt,) = record.append(Draft(body, cites=cites, visibility="withheld" if withheld else "public"))
    return receipt, body
