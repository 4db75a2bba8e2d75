"""Publishing: from a record to a folder of static files, in full or only what changed."""

import contextlib
import datetime as dt
import gc
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from vestige.errors import InputError
from vestige.publishing.making._publication import Progress, Publication, Published
from vestige.publishing.making._target import machine_faults, state_path
from vestige.publishing.making._tile_work import RARELY
from vestige.publishing.views._ties import Linker
from vestige.record import Record


def publish(
    record: Record,
    out: Path,
    *,
    base_url: str | None = None,
    full: bool = False,
    workers: int | None = None,
    key: Path | None = None,
    link: Linker | None = None,
    progress: Progress | None = None,
    day: dt.date | None = None,
) -> Published:
    """Write a record as a folder of static files at ``out``.

    Only what changed since the last publication into ``out`` is made and written, unless ``full``. ``base_url`` is where the folder will be
    served, if that is known: feeds and descriptions then carry whole addresses. ``workers`` is the number of processes for a large
    publication (default: one a core). ``key`` is the file of the
    log key, which signs the manifest, when it is not in the record.
    ``day`` is that of the publication (today in UTC), which pages name that say whether a day had passed.
    ``link`` finds copies and related news among the public texts (`vestige.reading.link`); without it pages name none.

    Raises NotASiteError when ``out`` holds something else, ExposedPlaceError when a public entry would betray an exact place, KeyFileError
    when the log key is not at hand, EnvironmentFault when the machine refuses.
    """
    base_url = None if base_url is None else base_url.rstrip("/") + "/"
    if base_url is not None and not base_url.startswith(("https://", "http://")):
        raise InputError(
            "expected an address of the web for the base", where=base_url, hint="for example https://record.example/"
        )
    keys, day = record.log_keys(path=key), day or dt.datetime.now(dt.UTC).date()
    progress = progress or (lambda _done, _all: None)
    remade = False
    while True:
        try:
            with (
                machine_faults(out),
                _rare_collection(),
                Publication(
                    record.path, out, base_url, workers or os.cpu_count() or 1, keys, link, progress, day
                ) as publication,
            ):
                result = publication.run(full=full)
                if not publication.record.withdrawn_later():
                    return result
            full = False  # a body was withdrawn while it was being published: at once again, without it
        except sqlite3.DatabaseError:  # what is remembered of the last publication is damaged: once more, without it
            if remade:
                raise
            state_path(record.path, out).unlink(missing_ok=True)
            remade = True


@contextlib.contextmanager
def _rare_collection() -> Iterator[None]:
    """Let the garbage collector look rarely, as in the processes of the pool, and as before afterwards."""
    before = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
