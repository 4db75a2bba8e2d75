"""A small crowd as a keeper publishes it, and what can be done to it: twelve tamperings, each with the file, the number and the rule that name it."""

import hashlib

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vestige.calling import Audited, Step, as_sheet, bounds_of, positions_file, recount, sample_positions, sample_seed
from vestige.entries import Assessor, Name, sign_inner
from vestige.entries.acts import Audit, Call, Cell, Draw, Ending, Funding, SealKey, Tally, Wording, nonce_commitment

ID = "abcdefghijklmnop"
KEY = Ed25519PrivateKey.from_private_bytes(b"sample key of these tests only!!")
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(b"another key of these tests only!")
NONCE = "cd" * 32
CALL = Call(
    titles=(Name(text="A sample call"),),
    promoter=f"actor:{ID}",
    asks="peace",
    opens="2026-11-01",
    texts=(Wording(language="en", file="ab" * 32),),
    modes=("counted",),
    paid_by=(Funding(by="not disclosed"),),
    keep_until="2027-06-01",
    sealed_to=(SealKey(name="A sample auditor", key="A" * 43 + "="),),
)


def leaves(start, count):
    return [hashlib.sha256(f"{number}".encode()).digest() for number in range(start, start + count)]


class Crowd:
    """A call with three sheets of fifty, twenty endings, and an audit: what a keeper publishes, with the files by their hashes."""

    def __init__(self):
        self.files = {}
        self.steps = []
        total = 0
        for number in (1, 2, 3):
            sheet, total = self.keep(as_sheet(leaves(total, 50))), total + 50
            endings, ended = (), 0
            if number > 1:
                ended = 20
            if number == 2:
                endings = (Ending(file=self.keep(as_sheet(leaves(10, 20))), why="asked", count=20),)
            tally = Tally(
                call=f"call:{ID}",
                wording=CALL.wording(),
                number=number,
                sheet=sheet,
                count=50,
                total=total,
                ended=ended,
                endings=endings,
                closed=f"2026-11-0{number}",
                method="mail",
            )
            self.steps.append(Step(f"{number}" * 64, tally, 10 * number))
        self.audits = [self.audit()]

    def keep(self, data):
        name = hashlib.sha256(data).hexdigest()
        self.files[name] = data
        return name

    def audit(self):
        auditor = Assessor(name="A sample auditor")
        draw = sign_inner(Draw(call=f"call:{ID}", auditor=auditor, size=40, committed=nonce_commitment(NONCE)), KEY)
        drawn = sample_positions(sample_seed(self.steps[-1].entry, NONCE), 40, 130)
        fields = {
            "call": f"call:{ID}",
            "tally": self.steps[-1].entry,
            "draw": "9" * 64,
            "nonce": NONCE,
            "auditor": auditor,
            "drawn": self.keep(positions_file(drawn)),
            "asked": 40,
            "yes": 25,
            "no": 2,
            "silent": 10,
            "bounced": 3,
            "method": "Each was asked by mail, twice.",
        }
        bare = Audit(**fields, bad_at_most=0, bad_at_worst=1)
        return Audited("8" * 64, sign_inner(Audit(**fields, **dict(bounds_of(bare))), KEY), draw, 7)

    def change(self, which, **changes):
        step = self.steps[which - 1]
        self.steps[which - 1] = msgspec.structs.replace(step, tally=msgspec.structs.replace(step.tally, **changes))

    def reaudit(self, key=KEY, **changes):
        one = self.audits[0]
        unsigned = msgspec.structs.replace(one.audit, signed=None, **changes)
        self.audits = [Audited(one.entry, sign_inner(unsigned, key), one.draw, one.draw_at)]

    def redraw(self, at):
        self.audits = [msgspec.structs.replace(one, draw_at=at) for one in self.audits]

    def close_draw(self):
        self.audits = [msgspec.structs.replace(one, draw=None, draw_at=None) for one in self.audits]

    def unsign(self):
        self.audits = [
            msgspec.structs.replace(one, audit=msgspec.structs.replace(one.audit, signed=None)) for one in self.audits
        ]

    def end_few(self):
        file = self.keep(as_sheet(leaves(60, 3)))
        self.change(3, endings=(Ending(file=file, why="asked", count=3),), ended=23)

    def miscount_ending(self):
        ending = self.steps[1].tally.endings[0]
        self.change(2, endings=(msgspec.structs.replace(ending, count=21),))

    def recount(self):
        return recount(CALL, self.steps, self.files.get, self.audits)


def resheet(crowd, number, rows, **changes):
    """Put another sheet in the place of one, the tally changed to name it: what a keeper could sign."""
    crowd.change(number, sheet=crowd.keep(b"".join(rows)), **changes)


def rows_of(crowd, number):
    data = crowd.files[crowd.steps[number - 1].tally.sheet]
    return [data[i : i + 32] for i in range(0, len(data), 32)]


def swap_file(crowd, number, rows):
    """Alter the file that a tally names: what a host could do."""
    crowd.files[crowd.steps[number - 1].tally.sheet] = b"".join(rows)


def added(crowd):
    swap_file(crowd, 2, sorted([*rows_of(crowd, 2), leaves(900, 1)[0]]))
    return crowd.steps[1].tally.sheet, 51, "altered"


def dropped(crowd):
    resheet(crowd, 2, rows_of(crowd, 2)[1:])
    return crowd.steps[1].tally.sheet, 49, "sheet-count"


def doubled_in_a_sheet(crowd):
    rows = rows_of(crowd, 2)
    resheet(crowd, 2, [*rows[:5], rows[4], *rows[5:-1]])
    return crowd.steps[1].tally.sheet, 6, "doubled"


def doubled_across_sheets(crowd):
    rows = sorted([rows_of(crowd, 1)[7], *rows_of(crowd, 3)[1:]])
    resheet(crowd, 3, rows)
    return crowd.steps[2].tally.sheet, rows.index(rows_of(crowd, 1)[7]) + 1, "doubled-across"


def unsorted(crowd):
    rows = rows_of(crowd, 2)
    rows[10], rows[11] = rows[11], rows[10]
    resheet(crowd, 2, rows)
    return crowd.steps[1].tally.sheet, 12, "unsorted"


def truncated(crowd):
    resheet(crowd, 2, [*rows_of(crowd, 2)[:-1], rows_of(crowd, 2)[-1][:20]])
    return crowd.steps[1].tally.sheet, 50, "cut-short"


def count_off(crowd):
    crowd.change(3, total=151)
    return crowd.steps[2].entry, 150, "total"


def ending_of_a_stranger(crowd):
    rows = sorted([*leaves(10, 19), leaves(900, 1)[0]])
    file = crowd.keep(b"".join(rows))
    crowd.change(2, endings=(Ending(file=file, why="asked", count=20),))
    return file, rows.index(leaves(900, 1)[0]) + 1, "ending-unknown"


def ended_twice(crowd):
    file = crowd.keep(as_sheet(leaves(29, 20)))
    crowd.change(3, endings=(Ending(file=file, why="bounced", count=20),), ended=40)
    return file, sorted(leaves(29, 20)).index(leaves(29, 1)[0]) + 1, "ending-twice"


def wording_swapped(crowd):
    crowd.change(2, wording="ef" * 32)
    return crowd.steps[1].entry, 2, "wording"


def positions_off(crowd):
    data = crowd.files[crowd.audits[0].audit.drawn]
    rows = [int(row) for row in data.split()]
    name = crowd.keep(positions_file([*rows[:2], rows[2] + 1, *rows[3:]]))
    crowd.reaudit(drawn=name)
    return name, 3, "positions"


def bound_off(crowd):
    crowd.reaudit(bad_at_worst=0.2)
    return crowd.audits[0].entry, 2000, "bound"


TAMPERINGS = [
    added,
    dropped,
    doubled_in_a_sheet,
    doubled_across_sheets,
    unsorted,
    truncated,
    count_off,
    ending_of_a_stranger,
    ended_twice,
    wording_swapped,
    positions_off,
    bound_off,
]

OTHERS = {
    "file gone": (lambda crowd: crowd.files.pop(crowd.steps[0].tally.sheet), "missing"),
    "number off": (lambda crowd: crowd.change(2, number=4), "order"),
    "closed before": (lambda crowd: crowd.change(2, closing=True), "closed"),
    "ended off": (lambda crowd: crowd.change(2, ended=21), "ended"),
    "another tally": (lambda crowd: crowd.reaudit(tally="7" * 64), "audit-not-last"),
    "another number": (lambda crowd: crowd.reaudit(nonce="ce" * 32), "nonce"),
    "another key": (lambda crowd: crowd.reaudit(key=OTHER_KEY), "audit-other-key"),
    "draw after": (lambda crowd: crowd.redraw(31), "draw-late"),
    "draw closed": (lambda crowd: crowd.close_draw(), "draw-closed"),
    "unsigned": (lambda crowd: crowd.unsign(), "audit-unsigned"),
    "a step too small": (lambda crowd: crowd.change(3, countries=(Cell(name="AZ", number=19),)), "step"),
    "a table too large": (lambda crowd: crowd.change(3, countries=(Cell(name="AZ", number=131),)), "table"),
    "asked off": (lambda crowd: crowd.reaudit(asked=41, silent=11), "asked"),
    "a batch too small": (lambda crowd: crowd.end_few(), "small"),
    "an ending too few": (lambda crowd: crowd.miscount_ending(), "ending-count"),
}
"""Other faults, each with the rule that names it."""
