"""A stranger's recount of an audit: who signed it, that its number was committed to in time, its sample, its bounds."""

from collections.abc import Iterable, Iterator, Sequence

from vestige.calling._bounds import at_most, positions_file, sample_positions, sample_seed
from vestige.calling._findings import Audited, Finding, Reader, Step
from vestige.entries.acts import Audit, Draw, nonce_commitment

_FINE = 5e-5
"""How far a bound that an auditor wrote may be from what its answers give: half of the last digit that is told."""


def audit_findings(audited: Audited, steps: Sequence[Step], population: int, read: Reader) -> Iterable[Finding]:
    """Give what is wrong with an audit; ``population`` is how many commitments stand."""
    audit, draw = audited.audit, audited.draw
    if audit.signed is None or (draw is not None and draw.signed is None):
        yield Finding(audited.entry, 0, "audit-unsigned", "the audit is not signed by its auditor")
    if not steps or audit.tally != steps[-1].entry:
        yield Finding(audited.entry, 0, "audit-not-last", "the audit does not rest on the last tally")
        return
    if draw is None:
        said = "the auditor's number was committed to but the draw is not opened: the sample cannot be drawn again"
        yield Finding(audited.entry, 0, "draw-closed", said)
        return
    yield from _commitment(audited, draw, steps[-1])
    yield from _sample(audited, draw, population, read)
    for field, bound in bounds_of(audit):
        said_bound: float = getattr(audit, field)
        if abs(said_bound - bound) > _FINE:
            said = f"{field} is {bound:.4f} by these answers, not {said_bound:.4f}"
            yield Finding(audited.entry, round(said_bound * 10_000), "bound", said)


def _commitment(audited: Audited, draw: Draw, last: Step) -> Iterator[Finding]:
    """Check that the number is the one that was committed to, before the last tally and by the same auditor."""
    audit = audited.audit
    if nonce_commitment(audit.nonce) != draw.committed:
        yield Finding(audited.entry, 0, "nonce", "its number is not the one that its draw committed to")
    if audited.draw_at is not None and audited.draw_at > last.at:
        yield Finding(audit.draw, audited.draw_at, "draw-late", "the draw was entered after the last tally")
    if draw.signed is not None and audit.signed is not None and draw.signed.key != audit.signed.key:
        yield Finding(audited.entry, 0, "audit-other-key", "the audit is signed by another key than its draw")


def _sample(audited: Audited, draw: Draw, population: int, read: Reader) -> Iterator[Finding]:
    """Draw the sample again and compare the positions."""
    audit = audited.audit
    drawn = sample_positions(sample_seed(audit.tally, audit.nonce), draw.size, population)
    expected = positions_file(drawn)
    data = read(audit.drawn)
    if data != expected:
        at = _first_difference((data or b"").splitlines(), expected.splitlines()) + 1
        yield Finding(audit.drawn, at, "positions", "the positions are not those that the sample draws")
    if audit.asked != len(drawn):
        yield Finding(audited.entry, audit.asked, "asked", f"expected {len(drawn)} asked, as many as were drawn")


def bounds_of(audit: Audit) -> tuple[tuple[str, float], tuple[str, float]]:
    """Give both bounds of an audit's answers: among those who answered, and with everybody who did not say yes counted as false."""
    bad = audit.no
    return (
        ("bad_at_most", at_most(bad, audit.yes + bad)),
        ("bad_at_worst", at_most(audit.asked - audit.yes, audit.asked)),
    )


def _first_difference(one: list[bytes], other: list[bytes]) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
