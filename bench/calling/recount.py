"""Count a million signatures again, as a stranger does, against a bare loop of the hashes of a Merkle tree over them, in one run.

    python bench/calling/recount.py [SIGNATURES] [SHEETS]        default: 1000000 90

The files lie in a folder and are read in the run. The bare loop makes the 2N - 1 SHA-256 of an RFC 6962 tree over the same commitments and
does nothing else. Seconds are of the processor. Memory is the peak of a process that counts and has made nothing. The last line is the time
to end 1,000 of them: the file of endings is made, and everything is counted again.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from vestige.calling import Step, as_sheet, recount
from vestige.entries import Name
from vestige.entries.acts import Call, Ending, Funding, SealKey, Tally, Wording

ID = "abcdefghijklmnop"
CALL = Call(
    titles=(Name(text="A sample call"),),
    promoter=f"actor:{ID}",
    asks="peace",
    opens="2026-08-01",
    texts=(Wording(language="en", file="ab" * 32),),
    modes=("counted",),
    paid_by=(Funding(by="not disclosed"),),
    keep_until="2027-06-01",
    sealed_to=(SealKey(name="A sample auditor", key="A" * 43 + "="),),
)


def make(folder, signatures, sheets):
    """Write the sheets of a call under their hashes, and its tallies."""
    steps, total = [], 0
    for number in range(1, sheets + 1):
        size = signatures // sheets + (number <= signatures % sheets)
        data = as_sheet(os.urandom(32) for _ in range(size))
        name = hashlib.sha256(data).hexdigest()
        (folder / name).write_bytes(data)
        total += size
        tally = Tally(
            call=f"call:{ID}",
            wording=CALL.wording(),
            number=number,
            sheet=name,
            count=size,
            total=total,
            closed="2026-09-01",
            method="sample",
        )
        steps.append(Step(f"{number:064x}", tally))
    (folder / "steps").write_bytes(msgspec.json.encode(steps))


def count(folder):
    """Count what lies in a folder again."""
    steps = msgspec.json.decode((folder / "steps").read_bytes(), type=list[Step])
    result = recount(CALL, steps, lambda name: (folder / name).read_bytes())
    assert result.findings == (), result.findings
    return steps, result


def bare(folder):
    """Hash a Merkle tree over the commitments and do nothing else."""
    sha256 = hashlib.sha256
    data = b"".join(path.read_bytes() for path in sorted(folder.iterdir()) if len(path.name) == 64)
    level = [sha256(b"\0" + data[at : at + 32]).digest() for at in range(0, len(data), 32)]
    while len(level) > 1:
        odd = [level[-1]] if len(level) % 2 else []
        level = [sha256(b"\1" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)] + odd
    return level[0]


def timed(work, *given):
    """Give the processor time of a piece of work, and what it gave."""
    start = time.process_time()
    result = work(*given)
    return time.process_time() - start, result


def end_some(folder, number):
    """End the first commitments of the last sheets, in one batch."""
    steps, _ = count(folder)
    last = steps[-1].tally
    rows = (folder / last.sheet).read_bytes()[: number * 32]
    (folder / (name := hashlib.sha256(rows).hexdigest())).write_bytes(rows)
    ending = Ending(file=name, why="asked", count=number)
    tally = msgspec.structs.replace(last, number=last.number + 1, sheet=None, count=0, ended=number, endings=(ending,))
    recount(CALL, [*steps, Step("f" * 64, tally)], lambda name: (folder / name).read_bytes())


def main():
    if sys.argv[1:2] == ["--count"]:
        count(Path(sys.argv[2]))
        status = Path("/proc/self/status").read_text("ascii")  # getrusage would tell of the parent's memory, too
        print(int(status.split("VmHWM:")[1].split()[0]) // 1024)
        return
    signatures, sheets = (int(given) for given in (*sys.argv[1:], *("1000000", "90")[len(sys.argv) - 1 :]))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, signatures, sheets)
        ours, (_, result) = timed(count, folder)
        hashes, _ = timed(bare, folder)
        ended, _ = timed(end_some, folder, 1000)
        peak = subprocess.run(
            [sys.executable, __file__, "--count", name], capture_output=True, text=True, check=True
        ).stdout.strip()
    print(f"{result.counted} signatures in {result.sheets} sheets counted again: {ours:.2f} s")
    print(f"bare loop of 2N - 1 hashes: {hashes:.2f} s; ratio {ours / hashes:.2f}; peak {peak} MB")
    print(f"1,000 ended and everything counted again: {ended:.2f} s")


if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv[1:]):
        sys.exit(__doc__)
    main()
