"""Withdraw one site of a large record: what a person waits for, deletion and index included.

    python bench/record/withdraw.py [SITES]            default: 30000

The sites are entered in batches of 1,000. Then five of them, from all over the ledger, are withdrawn one after the other; wall and processor
seconds of each are told, and what a full rebuild of the index takes.
"""

import importlib.util
import sys
import tempfile
import time
from pathlib import Path

from vestige.record import Record, rebuild_index

_spec = importlib.util.spec_from_file_location("ledger_bench", Path(__file__).with_name("ledger.py"))
ledger = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(ledger)


def main() -> None:
    """Tell the seconds of each withdrawal."""
    sites = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record"
        with Record.create(path, "bench") as record:
            for first in range(0, sites, ledger.BATCH):
                record.append(*(ledger.draft(number) for number in range(first, min(sites, first + ledger.BATCH))))
            size = record.index.size
        with Record.open(path, withheld=True) as record:
            for part in range(5):
                entry = record.index.at(1 + part * (size - 2) // 5)
                with ledger.Clock() as clock:
                    record.withdraw(entry.hash, "a bench")
                    assert record.index.entry(entry.hash).body is None
                sys.stdout.write(f"withdrawal {part + 1}: {clock.wall:.3f} s, processor {clock.processor:.3f} s\n")
        started = time.perf_counter()
        rebuild_index(path)
        sys.stdout.write(f"a rebuild of the index of {size} entries: {time.perf_counter() - started:.2f} s\n")


if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv[1:]):
        sys.exit(__doc__)
    main()
