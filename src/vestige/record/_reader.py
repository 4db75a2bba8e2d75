"""Reading a record on disk: its ledger, its archive, and the index that answers queries. Readers never wait for a writer."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Self

import msgspec

from vestige.archive import BodyStore, open_store
from vestige.durable import close_folder, close_to_others
from vestige.entries import Policy
from vestige.errors import NOT_JSON, EnvironmentFault, VestigeError
from vestige.ledger import Checkpoint, FolderSource, Tiles, Verifier, parse_checkpoint
from vestige.record._errors import DamagedIndexError, RecordError
from vestige.record.index._file import INDEX, INDEX_FILES, index_faults, remove_index
from vestige.record.index._history import policy_in_force
from vestige.record.index._index import Index
from vestige.record.index._rebuild import catch_up
from vestige.record.rules._ledger import read_leaf
from vestige.record.rules._policy import PolicyInForce, log_verifiers

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from vestige.record._entry import Entry

MARK = "vestige.json"
FORMAT = 1


def _close(path: Path) -> None:
    """Close what is the keeper's alone, also in a record that was made or copied with it open."""
    for folder in (path / "archive" / "bodies" / "withheld", path / "archive" / "files" / "withheld", path / "keys"):
        close_folder(folder)
    for name in INDEX_FILES:
        close_to_others(path / name)


class RecordReader:
    """One record as it can be read. With ``at``, as it stood at that checkpoint, whatever is entered meanwhile.

    ``withheld`` opens the keeper's view, in which withheld bodies are readable; the default is what the public may see. Raises RecordError when
    the folder is no record.
    """

    def __init__(self, path: Path, *, withheld: bool = False, at: Checkpoint | None = None) -> None:
        require_record(path)
        _close(path)
        self.path = path
        self.files = open_store(path)
        self.bodies = BodyStore(path / "archive" / "bodies")
        self.source = FolderSource(path / "ledger")
        self._withheld = withheld
        self._at = at
        self._seen = self.checkpoint
        self._policy: Policy | None = None
        self._rules: PolicyInForce | None = None
        self._vouched = range(0)
        self._index = self._open_index()
        _ = self.policy

    @property
    def checkpoint_note(self) -> bytes:
        """The signed note of the newest checkpoint."""
        try:
            return (self.path / "ledger" / "checkpoint").read_bytes()
        except FileNotFoundError as error:
            raise RecordError(
                "expected a checkpoint, got none", where=str(self.path / "ledger" / "checkpoint")
            ) from error

    @property
    def checkpoint(self) -> Checkpoint:
        """What the ledger commits to: now, or at the checkpoint at which the record was opened."""
        return self._at or parse_checkpoint(self.checkpoint_note)

    @property
    def tiles(self) -> Tiles:
        """The ledger's tree at the newest checkpoint."""
        return Tiles(self.source, self.checkpoint.size)

    def withdrawn_later(self, *names: str) -> bool:
        """Whether an entry that this reader does not see yet withdraws one of these, or any when none is named."""
        now = parse_checkpoint(self.checkpoint_note)
        leaves = Tiles(self.source, now.size).leaves(self._seen.size)
        later = (read_leaf(0, b"", leaf).envelope for leaf in leaves)
        ends = [envelope.cites for envelope in later if envelope and envelope.kind == "withdrawal"]
        return any(not names or end in names for cites in ends for end in cites)

    @property
    def index(self) -> Index:
        """What answers queries. It follows the ledger here, not at each append, so that a long import indexes once."""
        with index_faults(self.path / INDEX):
            if self._index.size < self._seen.size:
                self._seen = catch_up(
                    self._index, self.bodies, self.source, lambda: self.checkpoint, self._vouched.__contains__
                )
        return self._index

    def _vouch(self, first: int, end: int) -> None:
        """Note that this process itself has signed the entries from ``first`` to ``end``."""
        start = self._vouched.start if self._vouched.stop == first else first
        self._vouched = range(start, end)

    def _rules_in_force(self) -> PolicyInForce:
        """Give the policy in force, with what the policies before it have fixed."""
        if self._rules is None:
            self._rules = policy_in_force(self.index.database, self.bodies, self.index.limit)
        return self._rules

    @property
    def policy_entry(self) -> Entry:
        """The entry of the policy in force."""
        newest = next(reversed(list(self.index.entries("policy", current=True))), None)
        if newest is None:
            raise RecordError("expected a policy, got none", where=str(self.path))
        return newest

    @property
    def policy(self) -> Policy:
        """The rules in force."""
        if self._policy is None:
            body = self.policy_entry.body
            if not isinstance(body, Policy):
                raise RecordError(
                    "expected the policy in force, got no body of it",
                    where=str(self.path),
                    hint="make the index again: vestige index --rebuild",
                )
            self._policy, self._rules = body, None
            self._index.required_assessors = body.required_assessors
        return self._policy

    @property
    def verifiers(self) -> list[Verifier]:
        """The log keys, which alone may sign checkpoints and manifests now."""
        return log_verifiers(self.policy)

    def close(self) -> None:
        """Let the index follow, and let go of it."""
        with contextlib.suppress(VestigeError):  # it is derived, and the next opening makes it again
            _ = self.index
        self._index.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open_index(self) -> Index:
        """Open the index, made again where it is damaged, or make one in memory where the folder cannot be written."""
        path = self.path / INDEX
        with contextlib.suppress(EnvironmentFault, OSError):
            try:
                return self._caught_up(path)
            except DamagedIndexError:
                remove_index(self.path)
                return self._caught_up(path)
        return self._caught_up(None)

    def _caught_up(self, path: Path | None) -> Index:
        size = self._at.size if self._at else None
        index = Index(path, self.bodies, withheld=self._withheld, size=size, withdrawn_later=self.withdrawn_later)
        try:
            with index_faults(path):
                self._seen = catch_up(index, self.bodies, self.source, lambda: self.checkpoint)
        except (DamagedIndexError, EnvironmentFault):
            index.close()
            raise
        return index


def require_record(path: Path) -> None:
    """Raise RecordError when a folder is no record, or one of another format."""
    try:
        mark = msgspec.json.decode((path / MARK).read_bytes())
    except FileNotFoundError as error:
        raise RecordError(
            "expected a record, got a folder without vestige.json",
            where=str(path),
            hint="make one: vestige init DIR",
        ) from error
    except (OSError, *NOT_JSON) as error:
        raise RecordError(f"expected a record that can be read: {error}", where=str(path)) from error
    if not isinstance(mark, dict) or mark.get("format") != FORMAT:
        raise RecordError(f"expected a record of format {FORMAT}, got {mark}", where=str(path / MARK))
