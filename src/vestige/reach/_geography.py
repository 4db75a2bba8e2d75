"""Countries from an MMDB file that the keeper gives. Free ones disagree on one address in twenty; none comes with Vestige."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from vestige.entries.acts import Geography
from vestige.errors import InputError

if TYPE_CHECKING:
    import maxminddb


def open_geography(path: Path, licence: str) -> tuple[Callable[[bytes], str], Geography]:
    """Give a function from an address to its ISO 3166-1 code (empty where the file knows none), and the file's name and date.

    Raises InputError when the file is no MMDB, or the keeper says no licence.
    """
    import maxminddb

    if not licence.strip():
        raise InputError("expected the licence of the file that gives countries, got none", where=str(path))
    try:
        reader = maxminddb.open_database(str(path), maxminddb.MODE_AUTO)
    except (OSError, ValueError, maxminddb.InvalidDatabaseError) as error:
        raise InputError("expected an MMDB file, got another or none", where=str(path)) from error
    about = reader.metadata()
    built = dt.datetime.fromtimestamp(about.build_epoch, dt.UTC).date().isoformat()
    seen: dict[bytes, str] = {}

    def country(address: bytes) -> str:
        if address not in seen:
            if len(seen) > 100_000:
                seen.clear()
            seen[address] = _code(reader, address)
        return seen[address]

    return country, Geography(name=about.database_type, built=built, licence=licence)


def _code(reader: "maxminddb.Reader", address: bytes) -> str:
    try:
        found = reader.get(address.decode("ascii"))
    except (ValueError, UnicodeDecodeError):
        return ""
    if not isinstance(found, dict):
        return ""
    country = found.get("country") or found.get("country_code") or ""
    code = country.get("iso_code", "") if isinstance(country, dict) else country
    return code if isinstance(code, str) and len(code) == 2 else ""
