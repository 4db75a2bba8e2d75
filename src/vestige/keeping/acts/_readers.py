"""Readers counted from the keeper's server logs, and sources that take the record up. Nothing of any reader is written."""

import calendar
import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from vestige.archive import ArchiveError
from vestige.entries import Source
from vestige.entries.acts import Geography, Logs, Reach
from vestige.errors import InputError
from vestige.reach import Counter, Marks, Mention, Site, mention_in, open_geography, reach_of, read_hits
from vestige.record import Record

_MOST_TEXT = 4_000_000
"""Bytes of a source in which a mention is looked for."""


class FoundMention(msgspec.Struct, frozen=True):
    """A source that takes the record up, as a candidate for a person to confirm."""

    source: str
    title: str
    mention: Mention


def month_of(text: str) -> tuple[int, int]:
    """Give the first second of a month (2026-10) and the second after it, UTC; raises InputError."""
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        raise InputError("expected a month such as 2026-10", where=text)
    year, month = int(text[:4]), int(text[5:])
    after = (year + month // 12, month % 12 + 1)
    return calendar.timegm((year, month, 1, 0, 0, 0)), calendar.timegm((*after, 1, 0, 0, 0))


def count_readers(
    logs: Sequence[Path],
    month: str,
    *,
    site: Site,
    manifest: Path | None = None,
    countries: Path | None = None,
    licence: str = "",
    least: int = 20,
    progress: Callable[[int], None] | None = None,
) -> Reach:
    """Count a month from its logs, rotated and packed ones too, in the order of their first lines.

    Raises LogError or InputError that names the file. The logs are only read; the caller tells the keeper to delete them.
    """
    window = month_of(month)
    country: Callable[[bytes], str] | None = None
    database: Geography | None = None
    if countries is not None:
        country, database = open_geography(countries, licence)
    counter = Counter(site, window, country)
    opened = sorted((read_hits(log, progress) for log in logs), key=lambda hits: next(iter(hits)).time)
    told = []
    for hits in opened:
        hits.lines = hits.unreadable = 0
        before = len(counter.days)
        counter.add(hits)
        told.append(
            Logs(format=hits.format, days=len(counter.days) - before, lines=hits.lines, unreadable=hits.unreadable)
        )
    counter.close()
    return reach_of(
        month,
        counter,
        told,
        least=least,
        database=database,
        counted=hashlib.sha256(manifest.read_bytes()).hexdigest() if manifest else None,
        missing=_missing(counter.days, window),
    )


def _missing(days: set[int], window: tuple[int, int]) -> str | None:
    """Name the days of a month of which no log tells."""
    wanted = range(window[0] // 86_400, window[1] // 86_400)
    gone = [dt.datetime.fromtimestamp(day * 86_400, dt.UTC).date().isoformat() for day in wanted if day not in days]
    if not gone:
        return None
    return f"No log of these days was read: {', '.join(gone)}."


def find_mentions(record: Record, marks: Marks) -> Iterator[FoundMention]:
    """Give the sources that link to the record or name it and are not marked as such yet. A person confirms each."""
    for entry in record.index.entries("source", current=True):
        body = entry.body
        if not isinstance(body, Source) or body.cites_record is not None or body.file is None:
            continue
        try:
            with record.files.open(body.file) as file:
                text = file.read(_MOST_TEXT).decode("utf-8", "ignore")
        except ArchiveError:
            continue
        if mention := mention_in(text, marks):
            yield FoundMention(entry.about, body.title, mention)
