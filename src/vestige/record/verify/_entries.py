"""Every entry under the rules in force at its place, and every body against its commitment.

Works on any source of tiles and bodies, a record on disk or a published site alike, in one pass with one bundle in memory.
"""

from collections.abc import Callable, Sequence

from vestige.entries import Policy
from vestige.ledger import Checkpoint, LedgerError, NoteError, Tiles, TileSource, Verifier, parse_checkpoint
from vestige.record.rules._history import Memory
from vestige.record.rules._ledger import Leaf, LedgerRules, Verdict, read_leaf, signed_leaves
from vestige.record.verify._bodies import BodiesCheck, BodySource
from vestige.record.verify._checkpoint import FILE, CheckpointCheck
from vestige.record.verify._cosigned import check_cosigned
from vestige.record.verify._discrepancies import DiscrepancyLog
from vestige.record.verify._line_ends import with_line_feeds
from vestige.record.verify._report import Report, Signer
from vestige.record.verify._since import NotACheckpointError, OtherKeyError, TwoHistoriesError, verify_since
from vestige.record.verify._tree import TreeCheck

_WIDTH = 256


class EntriesCheck(DiscrepancyLog):
    """One pass over a ledger; ``report`` gives the result.

    ``readable`` is how many envelopes could be read. ``pinned`` are keys that the reader trusts for the log or as witnesses, if any.
    """

    def __init__(
        self,
        source: TileSource,
        note: bytes | None,
        bodies: BodySource,
        progress: Callable[[int], None] | None = None,
        pinned: Sequence[Verifier] = (),
    ) -> None:
        super().__init__()
        self._source = source
        self._progress = progress
        self._memory = Memory()
        self._rules = LedgerRules(self._memory)
        self.bodies = BodiesCheck(self, bodies, self._memory)
        self.readable = self._signatures = 0
        self._newest: str | None = None
        self._backwards: list[int] = []
        self._signed: CheckpointCheck | None = None
        self._earlier: tuple[Signer, ...] = ()
        self._note = note = with_line_feeds(self, FILE, note)
        self.other_key: str | None = None
        self.checkpoint = self._read_checkpoint(note)
        if self.checkpoint is not None:
            self._signed = CheckpointCheck(source, note or b"", self.checkpoint, pinned)
            self._run(self.checkpoint, self._signed)
            self.bodies.finish(Tiles(source, self.checkpoint.size))
            self._signed.finish(self, self._rules.rules)
            self._earlier = tuple(check_cosigned(self, source, note or b"", self._rules.rules, pinned))

    @property
    def files(self) -> dict[str, tuple[str, bool]]:
        """The preserved files that known bodies refer to, each with the entry and whether a public one does."""
        return self.bodies.files

    @property
    def policy(self) -> Policy | None:
        """The policy in force at the end of what was read."""
        return self._rules.rules.policy

    @property
    def verifiers(self) -> list[Verifier]:
        """The log keys under it, which alone may sign checkpoints and manifests."""
        return self._rules.rules.verifiers

    def since(self, earlier: bytes) -> None:
        """Compare with an earlier checkpoint; raises NotACheckpointError when it is none of this record."""
        note = self._note
        if self.checkpoint is None or note is None:
            return
        try:
            then = verify_since(self._source, note, earlier, self._rules.rules.ever)
        except TwoHistoriesError as error:
            self.contradiction = error.evidence
            self.found(
                "modified", FILE, f"two histories: the log key has signed both, and they contradict: {error.message}"
            )
        except NotACheckpointError:
            raise
        except LedgerError as error:
            self.found("modified", FILE, f"history was not kept since the earlier checkpoint: {error.message}")
        else:
            self.notes.append(f"the earlier checkpoint of {then.size} entries is the beginning of today's ledger")

    def known(self, earlier: bytes) -> None:
        """Compare with the checkpoint that the reader knows from a check before, whose key must be a log key of this record, or have been one."""
        if self.checkpoint is None or self._note is None:
            return
        try:
            verify_since(self._source, self._note, earlier, self._rules.rules.ever)
        except (NotACheckpointError, OtherKeyError) as error:
            self.other_key = f"another key than the one known from a check before: {error.message}"
            self.found("unsigned", FILE, self.other_key)
        except LedgerError:
            self.since(earlier)
        else:
            self.notes.append(f"continues the {parse_checkpoint(earlier).size} entries known from a check before")

    def report(self, files: int = 0) -> Report:
        """Put together what was found."""
        checkpoint, signed = self.checkpoint or Checkpoint("", 0, b""), self._signed
        if self._backwards:
            self.notes.append(
                f"entries were signed earlier than the one before them, {len(self._backwards)} in all, the first at place {self._backwards[0]}: "
                "clocks differ, or one was set; the order in the ledger is what counts"
            )
        counts = self.bodies.counts
        return Report(
            origin=checkpoint.origin,
            size=checkpoint.size,
            root=checkpoint.root.hex(),
            signatures=self._signatures,
            bodies=counts["bodies"],
            withheld=counts["withheld"],
            withdrawn=counts["withdrawn"],
            opened=counts["opened"],
            files=files,
            discrepancies=tuple(self.discrepancies),
            notes=tuple(self.notes),
            keys=tuple(signed.keys) if signed else (),
            cosigners=tuple(signed.cosigners) if signed else (),
            earlier=self._earlier,
            quorum=self.cosigned,
            newest=self._newest,
            unknown=dict(sorted(self.bodies.unknown.items())),
            unchecked=tuple(self.unchecked),
            contradiction=self.contradiction,
            checkpoint=(self._note or b"").decode("utf-8", "replace"),
            other_key=self.other_key,
        )

    def _read_checkpoint(self, note: bytes | None) -> Checkpoint | None:
        if note is None:
            self.found("missing", FILE, "there is no checkpoint")
            return None
        try:
            checkpoint = parse_checkpoint(note)
        except NoteError as error:
            self.found("modified", FILE, error.message)
            return None
        if checkpoint.size == 0:
            self.found("missing", FILE, "the ledger is empty: there is nothing that could be unchanged")
        return checkpoint

    def _run(self, checkpoint: Checkpoint, signed: CheckpointCheck) -> None:
        tree = TreeCheck(self._source, checkpoint, self.discrepancies.append)
        for number in range(-(-checkpoint.size // _WIDTH)):
            leaves = tree.check_bundle(number)
            self._memory.complete &= len(leaves) == min(_WIDTH, checkpoint.size - number * _WIDTH)
            self._judge([read_leaf(index, name, leaf) for index, name, leaf in leaves])
            if not leaves and not signed.leads and not signed.trusted(self.policy):
                signed.given_up = True
                self.notes.append(
                    "the check ended at the first entries that are not there: nothing vouches for a size of so many"
                )
                return
            if self._progress:
                self._progress(min(checkpoint.size, (number + 1) * _WIDTH))
        tree.finish()

    def _judge(self, leaves: list[Leaf]) -> None:
        for run in signed_leaves(leaves, self._rules, self.bodies.peek):
            for leaf, fits in run:
                fetched = self.bodies.fetch(leaf)
                body = fetched.salted.body if fetched.salted else None
                verdict = self._rules.judge(leaf, body, signed=fits, salt_of=self.bodies.salt_of)
                self._take_down(leaf, verdict)
                self.bodies.check(leaf, fetched, verdict)

    def _take_down(self, leaf: Leaf, verdict: Verdict) -> None:
        void = verdict.void
        if leaf.envelope is not None:
            self.readable += 1
            if void is None and self._newest is not None and leaf.envelope.made < self._newest:
                self._backwards.append(leaf.index)
            self._newest = leaf.envelope.made
        if void is None or void.of_body:
            self._signatures += 1
        if void is None or (void.rule == "first" and leaf.index > 0):
            return  # without a first policy nothing counts; the first entry says so once
        place = f"ledger/tile/entries (bundle {leaf.index // _WIDTH})"
        self.of_entry(void.finding, place, void.message, leaf.index, leaf.name.hex(), rule=void.rule)
