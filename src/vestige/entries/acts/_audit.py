"""The audit of a call's signatures: a sample that nobody alone could choose, asked by somebody else than the keeper."""

import hashlib
from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

from vestige.entries._inner import Signed, require_inner
from vestige.entries._values import Hash, Name, Text, ThingId
from vestige.entries.acts._values import Count, Day, Funding
from vestige.entries.kinds import Assessor, Body

Share = Annotated[float, Meta(ge=0, le=1)]


def nonce_commitment(nonce: str) -> str:
    """Give what a draw says of an auditor's number (32 bytes in hexadecimal): SHA-256("vestige nonce 1" ‖ line feed ‖ number).

    The number is random and as long as the hash, so that nothing of it can be guessed and no salt is needed.
    """
    return hashlib.sha256(b"vestige nonce 1\n" + bytes.fromhex(nonce)).hexdigest()


class Draw(Body, frozen=True, kw_only=True):
    """What an auditor commits to before the last tally: how many will be asked, and a number that nobody else knows.

    ``committed`` is `nonce_commitment` of that number, which the auditor alone holds until the last tally stands: not even the keeper who enters
    the draw knows it. The draw is entered withheld and opened after that tally. The sample follows from the number and the hash of the tally,
    so neither the auditor nor the keeper can steer it without the other. Unsigned it is a draft.
    """

    KIND = "draw"
    call: ThingId
    auditor: Assessor
    size: Annotated[int, Meta(ge=1, le=100_000)]
    committed: Hash
    signed: Signed | None = None

    def __post_init__(self) -> None:
        require_inner(self)

    def named(self) -> tuple[Name, ...]:
        """Give the auditor."""
        return (Name(text=self.auditor.name),)

    def words(self) -> Iterable[str | None]:
        """Give the auditor."""
        return (self.auditor.name, self.auditor.organisation)

    def links(self) -> Iterable[str | None]:
        """Give the call and the auditor."""
        return (self.call, self.auditor.actor)

    def held(self) -> Iterable[str | None]:
        """Give nothing: it refers to no file."""
        return ()

    def exposes(self) -> Iterable[str]:
        """Give nothing: it tells no place."""
        return ()


class Audit(Body, frozen=True, kw_only=True):
    """What an auditor found: how many of the sample were asked, said yes, said no, were silent, could not be reached.

    ``draw`` and ``tally`` are entries, ``nonce`` is the number that the draw committed to; ``drawn`` is the file of positions that follows
    from them, a number a line. ``bad_at_most`` bounds the share that did
    not sign among those who answered, ``bad_at_worst`` counts everybody who did not say yes as false; both one-sided, 95 % (Clopper and
    Pearson 1934). Anybody can compute both again. Without the auditor's signature it is a draft and counts for nothing.
    """

    KIND = "audit"
    call: ThingId
    tally: Hash
    draw: Hash
    auditor: Assessor
    nonce: Hash
    drawn: Hash
    asked: Count
    yes: Count
    no: Count
    silent: Count
    bounced: Count
    bad_at_most: Share
    bad_at_worst: Share
    method: Text
    paid_by: tuple[Funding, ...] = ()
    duplicates: Count = 0
    destroyed: Day | None = None
    signed: Signed | None = None

    def __post_init__(self) -> None:
        if self.yes + self.no + self.silent + self.bounced != self.asked:
            raise ValueError(
                f"expected yes, no, silent and bounced to make {self.asked}, got {self.yes}, {self.no}, {self.silent}, {self.bounced}"
            )
        require_inner(self)

    def named(self) -> tuple[Name, ...]:
        """Give the auditor."""
        return (Name(text=self.auditor.name),)

    def words(self) -> Iterable[str | None]:
        """Give the auditor and the method."""
        return (self.auditor.name, self.auditor.organisation, self.method)

    def links(self) -> Iterable[str | None]:
        """Give the call, the auditor and who paid."""
        return (self.call, self.auditor.actor, *(part for one in self.paid_by for part in (one.actor, one.said_by)))

    def held(self) -> Iterable[str | None]:
        """Give the positions that were drawn."""
        return (self.drawn,)

    def exposes(self) -> Iterable[str]:
        """Give nothing: it tells no place."""
        return ()
