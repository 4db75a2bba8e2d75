"""A record with a call, its sheets, endings, tables, a draw and an audit, entered and published: what a stranger counts again."""

import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vestige.calling import as_sheet, bounds_of, positions_file, sample_positions, sample_seed
from vestige.entries import BLANK_KEYS, Actor, Assessor, Draft, Name, Policy, Speaker, sign_inner
from vestige.entries.acts import (
    Audit,
    Call,
    Cell,
    Draw,
    Ending,
    Endorsement,
    Evidence,
    Funding,
    SealKey,
    Tally,
    Wording,
    nonce_commitment,
)
from vestige.publishing import publish
from vestige.record import Record

KEY = Ed25519PrivateKey.from_private_bytes(b"sample key of these tests only!!")
NONCE = "cd" * 32
AUDITOR = Assessor(name="A sample auditor")


def leaf(number):
    return hashlib.sha256(b"%d" % number).digest()


def publish_crowd(folder, signatures=150, sheets=3, languages=("en",)):
    """Make `record` and `site` in a folder; give the call's id. The second sheet ends twenty of the first; forty of what stands are asked."""
    policy = Policy(name="-", origin="-", keys=BLANK_KEYS, languages=languages)
    Record.create(folder / "record", "Calls", origin="test.example/calls", policy=policy).close()
    with Record.open(folder / "record", withheld=True) as record:
        (promoter,) = record.append(Draft(Actor(names=(Name(text="Sample body"),), type="organisation")))
        call = Call(
            titles=(Name(text="A sample call"),), promoter=promoter.about, asks="peace", opens="2026-11-01",
            texts=(Wording(language="en", file=record.add_file(b"End the war.")),), modes=("bodies", "counted"),
            paid_by=(Funding(by="not disclosed"),), keep_until="2027-06-01", sealed_to=(SealKey(name="A sample auditor", key="A" * 43 + "="),),
        )  # fmt: skip
        (entered,) = record.append(Draft(call))
        about = entered.about
        _endorse(record, about, call)
        draw = sign_inner(Draw(call=about, auditor=AUDITOR, size=40, committed=nonce_commitment(NONCE)), KEY)
        (drawn,) = record.append(Draft(draw, visibility="withheld", cites=(entered.entry,)))
        tally = _tallies(record, about, call, signatures, sheets)
        record.open_entry(drawn.entry)
        record.append(Draft(_audit(record, about, tally, drawn.entry, signatures - 20)))
        publish(record, folder / "site", workers=1)
    return about


def _endorse(record, about, call):
    for number, status in ((1, "confirmed"), (2, "confirmed"), (3, "retracted")):
        evidence = Evidence(what="letter", observed="2026-11-02T10:00:00Z", file=record.add_file(b"letter %d" % number))
        record.append(
            Draft(
                Endorsement(
                    call=about, wording=call.wording(), by=Speaker(organisation=f"Body {number}"), capacity="body",
                    signed_on="2026-11-02", evidence=(evidence,), status=status,
                    retracted_on="2026-11-03" if status == "retracted" else None,
                )
            )
        )  # fmt: skip


def _tallies(record, about, call, signatures, sheets):
    total, ended, entry = 0, 0, ""
    for number in range(1, sheets + 1):
        count = signatures // sheets + (number <= signatures % sheets)
        sheet = record.add_file(as_sheet(leaf(one) for one in range(total, total + count)))
        total += count
        endings = ()
        if number == 2:
            endings = (Ending(file=record.add_file(as_sheet(leaf(one) for one in range(20))), why="asked", count=20),)
            ended = 20
        tally = Tally(
            call=about, wording=call.wording(), number=number, sheet=sheet, count=count, total=total, ended=ended, endings=endings,
            closed=f"2026-11-{number:02}" if number < 30 else "2026-11-30", method="mail", closing=number == sheets,
            countries=(Cell(name="AZ", number=20),), elsewhere=0,
        )  # fmt: skip
        (receipt,) = record.append(Draft(tally))
        entry = receipt.entry
    return entry


def _audit(record, about, tally, draw, standing):
    drawn = sample_positions(sample_seed(tally, NONCE), 40, standing)
    fields = {
        "call": about, "tally": tally, "draw": draw, "nonce": NONCE, "auditor": AUDITOR, "drawn": record.add_file(positions_file(drawn)),
        "asked": 40, "yes": 25, "no": 2, "silent": 10, "bounced": 3, "method": "Each was asked by mail, twice.",
    }  # fmt: skip
    bare = Audit(**fields, bad_at_most=0, bad_at_worst=1)
    return sign_inner(Audit(**fields, **dict(bounds_of(bare))), KEY)
