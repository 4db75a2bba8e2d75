"""A record on disk: ledger, archive and index, and the one way to write to it.

Write order: bodies, entry bundles and tiles are forced to the disk, then the checkpoint is renamed into place. A kill at any instant
leaves the last checkpoint valid; what an unfinished append left behind is overwritten by the next one, since it lies at the same
names. The index follows and catches up by itself.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Self

import msgspec

from vestige.archive import ArchiveError
from vestige.durable import fault, make_folder, write_file
from vestige.entries import (
    ROLES,
    Body,
    Draft,
    InvalidBodyError,
    Key,
    Opening,
    Policy,
    Source,
    Withdrawal,
    decode_body,
    files_of,
    fingerprint,
)
from vestige.errors import an
from vestige.ledger import leaf_hash
from vestige.record._admission import admitted
from vestige.record._entry import Entry, Receipt
from vestige.record._errors import KeyFileError, RecordError
from vestige.record._exposure import ExactPlaces, Exposure, coming_places, exposed, exposure_of, require_unexposed
from vestige.record._keys import load_key, make_key, own_keys, public_text
from vestige.record._lock import writer_lock
from vestige.record._published import forget_published, require_not_behind
from vestige.record._reader import FORMAT, MARK, RecordReader, require_record
from vestige.record._rules import (
    check_draft,
    expanded,
    opening_of,
    require_lone_policy,
    require_rights,
    require_signer,
    signing_keys,
    speaks_of_others,
)
from vestige.record._signing import SignedEntry, sign_drafts
from vestige.record._write import write_entries
from vestige.record.index._file import remove_index
from vestige.record.rules._policy import log_verifiers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from vestige.archive import BodyPlace


class Record(RecordReader):
    """One record that can be written to. Open it with `Record.open`, make it with `Record.create`; it is a context manager."""

    def __init__(
        self, path: Path, *, key: Path | None = None, log_key: Path | None = None, withheld: bool = False
    ) -> None:
        super().__init__(path, withheld=withheld)
        self._key_path, self._log_path = key, log_key
        self._logs: tuple[Policy, list[Ed25519PrivateKey]] | None = None
        self._settled = False
        self._places = ExactPlaces()

    @classmethod
    def create(
        cls,
        path: Path,
        name: str,
        *,
        origin: str | None = None,
        keeper: str = "keeper",
        key: Path | None = None,
        log_key: Path | None = None,
        policy: Policy | None = None,
    ) -> Self:
        """Make a record with a new key for its log and one for its keeper, or with those in the files given, and its first policy.

        ``keeper`` is the keeper's handle. ``policy`` gives the other rules; its name, origin and keys are filled in here. Raises RecordError when the
        folder is not empty.
        """
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise RecordError("expected a new or empty folder, got one that holds something", where=str(path))
        try:
            make_folder(path.absolute())
        except OSError as error:
            raise fault(error) from error
        log = load_key(log_key) if log_key else make_key(path / "keys")[0]
        private = load_key(key) if key else make_key(path / "keys")[0]
        name_of_log = origin or f"vestige/{fingerprint(log.public_key())[:16]}"
        keys = (
            Key(public=public_text(log), handle="log" if keeper != "log" else "log.1", role="log"),
            Key(public=public_text(private), handle=keeper, role="keeper"),
        )
        rules = (
            msgspec.structs.replace(policy, name=name, origin=name_of_log, keys=keys)
            if policy
            else Policy(name=name, origin=name_of_log, keys=keys)
        )
        signed = sign_drafts([Draft(rules)], private, name_of_log)
        forget_published(log_verifiers(rules))
        write_file(path / MARK, msgspec.json.encode({"format": FORMAT}) + b"\n")
        write_entries(path, 0, signed, [log], name_of_log)
        return cls(path, key=key, log_key=log_key)

    @classmethod
    def open(cls, path: Path, *, key: Path | None = None, log_key: Path | None = None, withheld: bool = False) -> Self:
        """Open a record; raises RecordError when the folder is none. ``key`` is the private key to sign entries with, ``log_key`` that of the log."""
        return cls(path, key=key, log_key=log_key, withheld=withheld)

    def append(self, *drafts: Draft, key: Path | None = None) -> tuple[Receipt, ...]:
        """Enter drafts as one batch: all of them, or none.

        Gives a receipt a draft, in order; a sensitive site's withheld companion gets none. When this returns, the entries are on the disk.
        Raises InvalidBodyError, RecordError, KeyFileError, LockHeldError or EnvironmentFault; nothing is entered then.
        """
        if not drafts:
            return ()
        require_lone_policy(drafts)
        with self._writing():
            return self._append(drafts, self.signing_key(key))

    def add_file(self, content: bytes | Path, *, withheld: bool = False) -> str:
        """Preserve bytes, or a file's bytes, untouched, and give their SHA-256."""
        return self.files.put(content, withheld=withheld)

    def withdraw(self, entry: str, reason: str, *, key: Path | None = None) -> Receipt:
        """End an entry: enter the withdrawal with its reason, then delete the body, the salt, and a file that no other entry needs.

        A sensitive site's withheld companion is withdrawn with it, and so is the opening that holds the salt. Raises RecordError when there is no such
        entry, when it was withdrawn, or when the key may not.
        """
        return self.withdraw_all([entry], reason, key=key)[0]

    def withdraw_all(self, entries: Sequence[str], reason: str, *, key: Path | None = None) -> tuple[Receipt, ...]:
        """End several entries in one batch, all of them or none, as `withdraw` ends one; the receipts are those of the entries, in order.

        Raises RecordError besides when a statement that stands rests on a file that would go.
        """
        with self._writing():
            targets = [self._require_withdrawable(entry) for entry in dict.fromkeys(entries)]
            companions = [other for target in targets for other in self._companions(target)]
            ends = dict.fromkeys(entry.hash for entry in (*targets, *companions))
            self._require_unneeded(targets, frozenset(ends))
            drafts = [Draft(Withdrawal(entry=name, reason=reason), cites=(name,)) for name in ends]
            receipts = self._append(drafts, self.signing_key(key))
            self._finish()
        return receipts[: len(targets)]

    def open_entry(self, entry: str, *, key: Path | None = None) -> Receipt:
        """Make the body of a withheld entry, and the files that it holds, public from now on, by an opening that gives its salt; only a keeper may.

        Raises RecordError when there is no such entry, when it is public, withdrawn or opened, or when it would betray a sensitive place.
        """
        with self._writing():
            draft = opening_of(entry, self.index)
            (receipt,) = self._append([draft], self.signing_key(key))
            self._finish()
        return receipt

    def signing_key(self, path: Path | None = None) -> Ed25519PrivateKey:
        """Give the private key to sign entries with: the file given, the record's own, or the only one that the policy lets sign.

        Raises KeyFileError when there is none, or when the policy does not let it sign.
        """
        policy, chosen = self.policy, path or self._key_path
        if chosen is None:
            allowed = signing_keys(policy)
            own = [(name, file) for name, file in own_keys(self.path / "keys") if name in allowed]
            if not own:
                raise KeyFileError(
                    "expected a private key that may sign, got none",
                    where=str(self.path / "keys"),
                    hint="give one: --key FILE",
                )
            chosen = min(own, key=lambda pair: (ROLES[::-1].index(allowed[pair[0]].role), pair[0]))[1]
        private = load_key(chosen)
        require_signer(policy, fingerprint(private.public_key()))
        return private

    def log_keys(self, policy: Policy | None = None, path: Path | None = None) -> list[Ed25519PrivateKey]:
        """Give the private log keys at hand that a policy, or that in force, lists: they sign checkpoints and manifests.

        Raises KeyFileError when there is none.
        """
        policy = policy or self.policy
        if path is None and self._logs is not None and self._logs[0] is policy:
            return self._logs[1]
        wanted = {fingerprint(verifier.key) for verifier in log_verifiers(policy)}
        chosen = path or self._log_path
        own = [chosen] if chosen else [file for name, file in own_keys(self.path / "keys") if name in wanted]
        found = [key for key in map(load_key, own) if fingerprint(key.public_key()) in wanted]
        if not found:
            raise KeyFileError(
                "expected the record's log key, which signs checkpoints and manifests, got "
                + ("another" if chosen else "none"),
                where=str(chosen or self.path / "keys"),
                hint="put it there, or give it: --log-key FILE",
            )
        if path is None:
            self._logs = (policy, found)
        return found

    def _append(self, drafts: tuple[Draft, ...] | list[Draft], private: Ed25519PrivateKey) -> tuple[Receipt, ...]:
        policy, signer = self.policy, fingerprint(private.public_key())
        drafts = [admitted(draft) for draft in drafts]
        for draft in filter(speaks_of_others, drafts):
            check_draft(draft, self.index, policy, signer)
        pairs = [expanded(draft, policy.sensitive_cell_degrees) for draft in drafts]
        self._require_untold([shown.body for shown, _ in pairs if shown.visibility == "public"], drafts, policy)
        signed = sign_drafts([shown for shown, _ in pairs], private, policy.origin)
        companions = [
            self._companion_of(entry, companion)
            for entry, (_, companion) in zip(signed, pairs, strict=True)
            if companion is not None
        ]
        everything = signed + sign_drafts(companions, private, policy.origin)
        names = require_rights(everything, self._rules_in_force(), self)
        after = drafts[0].body if isinstance(drafts[0].body, Policy) else policy
        before, first = self._seen, self._seen.size
        hashes, self._seen = write_entries(
            self.path, first, everything, self.log_keys(after), policy.origin, hashes=names
        )
        self._vouch(first, self._seen.size)
        self._places.follow(before, self._seen, everything)
        if isinstance(drafts[0].body, Policy):
            self._policy = None
        if any(isinstance(draft.body, Withdrawal | Opening) for draft in drafts):
            self._settled = False
        return tuple(
            Receipt(first + i, hashes[i].hex(), entry.envelope.kind, entry.envelope.about, entry.envelope.made)
            for i, entry in enumerate(signed)
        )

    def require_untold(self, text: Callable[[], str], where: str) -> None:
        """Raise RecordError when a text, such as that of a document about to become public, tells the exact place of a sensitive site.

        The text is asked for only where the record has such a site.
        """
        protected = self._places.at(self._seen, self.policy, lambda: self.index)
        if protected and (found := protected.betrayed_by(text())):
            raise exposed(Exposure(found.place, where, found.words), "leave it out, or enter it with --withheld")

    def telling(self, drafts: Sequence[Draft]) -> Iterator[tuple[int, Exposure]]:
        """Give, by number, the drafts that would tell in public the exact place of a sensitive site, of the record or of these drafts."""
        policy = self.policy
        drafts = [admitted(draft) for draft in drafts]
        kept = self._places.at(self._seen, policy, lambda: self.index)
        for number, draft in enumerate(drafts):
            shown, _ = expanded(draft, policy.sensitive_cell_degrees)
            for protected in filter(None, (kept, coming_places([draft], policy))):
                if shown.visibility == "public" and (found := exposure_of(shown.body, protected, self.files)):
                    yield number, found
                    break

    def _require_untold(self, public: Sequence[Body], drafts: Sequence[Draft], policy: Policy) -> None:
        """Require that no public body tells the exact place of a sensitive site, be it of the record or of the same batch."""
        if not public:
            return
        opened = [self._body_to_open(body.entry) for body in public if isinstance(body, Opening)]
        kept = self._places.at(self._seen, policy, lambda: self.index)
        for protected in filter(None, (kept, coming_places(drafts, policy))):
            for body in public:
                require_unexposed(body, protected, self.files)
            for body in filter(None, opened):
                require_unexposed(body, protected, self.files, opening=True)

    def _body_to_open(self, name: str) -> Body | None:
        entry, salted = self.index.entry(name), self.index.salted(name)
        return decode_body(entry.kind, salted.body) if entry and salted else None

    def settle(self) -> None:
        """Finish what a writer that was killed, or a restoration, has left: bodies and files that a withdrawal ended are deleted."""
        with self._writing():
            pass

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock, having seen what other writers wrote, with nothing left undone by a killed one."""
        with writer_lock(self.path / "lock"):
            if self.checkpoint != self._seen:
                self._seen, self._policy, self._settled = self.checkpoint, None, False
            if not self._settled:
                require_not_behind(log_verifiers(self.policy), self.checkpoint, self.tiles, self.path)
                self._finish()
            yield

    def _finish(self) -> None:
        """Do what withdrawals and openings ask for besides their entries; a killed writer leaves it to the next one."""
        self._finish_withdrawals()
        for name in self.index.opened_files():
            self.files.make_public(name)
        self._settled = True

    def _finish_withdrawals(self) -> None:
        """Delete the files and bodies that withdrawals ended, the body last, so that a killed deletion is repeated.

        What they told is taken out of the index then, and only that, so that no word of what was withdrawn stays in it.
        """
        ended = self.index.unfinished_withdrawals()
        for name, commitment, place in ended:
            self._delete_files(name, commitment, place)
            self.bodies.remove(place.first, commitment)
        if ended:
            self.index.forget([(name, place) for name, _, place in ended])

    def _delete_files(self, name: str, commitment: str, place: BodyPlace) -> None:
        entry = self.index.entry(name)
        with contextlib.suppress(ArchiveError, InvalidBodyError):
            kept = self.bodies.find(place, commitment)
            body = decode_body(entry.kind if entry else "", kept.body if kept else b"")
            for file in files_of(body):
                if not self.index.file_users(file):
                    self.files.delete(file)

    def _require_withdrawable(self, name: str) -> Entry:
        entry = self.index.entry(name)
        if entry is None:
            raise RecordError("expected the hash of an entry of this record", where=name)
        if entry.withdrawn_by is not None:
            raise RecordError(f"was withdrawn already, by {entry.withdrawn_by}", where=name)
        if entry.kind in {"policy", "withdrawal", "opening"}:
            raise RecordError(f"{an(entry.kind)} cannot be withdrawn: the record rests on it", where=name)
        return entry

    def _require_unneeded(self, targets: Sequence[Entry], ending: frozenset[str]) -> None:
        """Require that no statement is left that points into the file of a source of which nothing is left."""
        for source in (entry for entry in targets if isinstance(entry.body, Source)):
            if any(e.withdrawn_by is None and e.hash not in ending for e in self.index.history(source.about)):
                continue
            resting = [e for e in self.index.resting_on(source.about) if e.hash not in ending and e.kind == "statement"]
            if resting:
                raise RecordError(
                    f"statements rest on this source: {', '.join(dict.fromkeys(e.about for e in resting[:5]))}",
                    where=source.about,
                    hint="withdraw them with it: --with-dependants",
                )

    def _companion_of(self, public: SignedEntry, companion: Draft) -> Draft:
        """Give the withheld companion of a public entry: about the same thing, resting on it, in the place of an earlier companion."""
        about = public.envelope.about
        history = (
            self.index.history(about) if companion.about else []
        )  # a new thing has none, and the index need not follow
        earlier = [e.hash for e in history if e.stands and e.envelope.visibility == "withheld"]
        cites = (leaf_hash(public.leaf).hex(),)
        return msgspec.structs.replace(companion, about=about, replaces=earlier[-1] if earlier else None, cites=cites)

    def _companions(self, target: Entry) -> list[Entry]:
        """Give what ends with an entry: the withheld companions about the same thing, then the openings of any of these."""
        history = self.index.history(target.about)
        kept = [
            e for e in history if target.hash in e.envelope.cites and e.envelope.visibility == "withheld" and e.stands
        ]
        ending = {target.hash, *(entry.hash for entry in kept)}
        citing = [entry for name in sorted(ending) for entry in self.index.cited_by(name)]
        return kept + [entry for entry in citing if entry.kind == "opening" and entry.withdrawn_by is None]


def rebuild_index(path: Path) -> int:
    """Make the index of a record again from its ledger and archive alone, and give its size."""
    require_record(path)
    with writer_lock(path / "lock"):
        remove_index(path)
    with Record.open(path) as record:
        return record.index.size
