"""Taking a record back from its own published site."""

from collections.abc import Callable, Sequence
from pathlib import Path

from vestige.ledger import Verifier
from vestige.publishing._errors import NotASiteError
from vestige.publishing.checking._site import find_root, verify_site
from vestige.publishing.checking._sources import FolderSite, WebSite, open_site
from vestige.publishing.views._paths import body_path, file_path
from vestige.record import Record, Restored, refill


def restore(
    place: str, path: Path, *, pinned: Sequence[Verifier] = (), progress: Callable[[int], None] | None = None
) -> Restored:
    """Bring a record, or a new folder, to what is published at a folder or an address, which is verified first.

    Entries, public bodies and preserved files come back; withheld bodies and keys were never published. Raises NotASiteError when the site is not as it was
    entered, RecordError when the record is ahead of it or has another history.
    """
    root = find_root(place)
    report = verify_site(root, pinned=pinned, progress=progress)
    if not report.unchanged:
        first = next(iter(report.discrepancies), None)
        raise NotASiteError(f"expected a site that is as it was entered: {first or 'nothing to check'}", where=root)
    site = open_site(root)
    done = refill(
        path,
        _Ledger(site),
        report.checkpoint.encode(),
        lambda commitment: site.read(body_path(commitment)),
        lambda name: site.read(file_path(name)),
    )
    with Record.open(path) as record:
        record.settle()
    return done


class _Ledger:
    def __init__(self, site: FolderSite | WebSite) -> None:
        self._site = site

    def read(self, path: str) -> bytes | None:
        return self._site.read(f"ledger/{path}")
