"""Append and verify against bare loops that do the same signatures and hashes with the same libraries, in one run.

    python bench/record/ledger.py [ENTRIES ...]        default: 1000 10000 100000

Append works in batches of 1,000, each forced to the disk. The bare loop of append signs the same envelopes and hashes the same leaves and
bodies; that of verify checks the same signatures and hashes the same bytes. Both columns of seconds are wall time; ratios of processor
time stand beside them, since a busy machine stretches one but not the other. The index follows at the first question, not at each append:
its seconds stand apart. Memory is the growth of the peak while verifying.
"""

import base64
import hashlib
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from rich.console import Console
from rich.table import Table

from vestige.entries import Draft, Identifier, Location, Name, Site, parse_envelope, signed_bytes
from vestige.record import Record, verify_record

BATCH = 1000


def draft(number):
    """Make a site as a register gives it."""
    return Draft(
        Site(
            names=(
                Name(text=f"Church {number} of the upper town", language="en"),
                Name(text=f"Церква {number}", language="uk"),
            ),
            location=Location(latitude=number % 1797 / 10.3 - 87, longitude=number % 3593 / 10.3 - 174),
            identifiers=(Identifier(scheme="register", value=str(number)),),
            countries=("UA",),
            type="Structural Heritage",
        )
    )


class Clock:
    """Wall and processor seconds of a block."""

    def __enter__(self):
        self.wall, self.processor = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_):
        self.wall, self.processor = time.perf_counter() - self.wall, time.process_time() - self.processor


def measure(entries, folder):
    """One row of the table."""
    with Record.create(folder / "record", "bench") as record:
        drafts = [draft(number) for number in range(entries)]
        with Clock() as append:
            for start in range(0, entries, BATCH):
                record.append(*drafts[start : start + BATCH])
        with Clock() as index:
            assert record.index.size == entries + 1
        leaves = list(record.tiles.leaves())
        origin = record.policy.origin
        public = record.signing_key().public_key()
        bodies = [(entry.salt, entry.body_json) for entry in record.index.entries()]
    messages = [signed_bytes(parse_envelope(leaf), origin) for leaf in leaves]
    signatures = [base64.b64decode(parse_envelope(leaf).sig) for leaf in leaves]
    with Clock() as bare_append:
        sign(messages, leaves, bodies)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with Clock() as verify:
        report = verify_record(folder / "record")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak
    assert report.unchanged
    assert report.size == entries + 1
    with Clock() as bare_verify:
        check(public, messages, signatures, leaves, bodies)
    return entries, append, index, bare_append, verify, bare_verify, grown


def sign(messages, leaves, bodies):
    """Sign and hash the same bytes."""
    key = Ed25519PrivateKey.generate()
    for message, leaf, (salt, body) in zip(messages, leaves, bodies, strict=True):
        hashlib.sha256(salt + body).hexdigest()
        key.sign(message)
        hashlib.sha256(b"\0" + leaf).digest()


def check(public, messages, signatures, leaves, bodies):
    """Check signatures over, and hash, the same bytes."""
    for message, signature, leaf, (salt, body) in zip(messages, signatures, leaves, bodies, strict=True):
        hashlib.sha256(salt + body).hexdigest()
        public.verify(signature, message)
        hashlib.sha256(b"\0" + leaf).digest()


def main():
    """Print the table."""
    sizes = [int(argument) for argument in sys.argv[1:]] or [1000, 10_000, 100_000]
    table = Table(
        "entries", "append s", "÷ bare", "processor", "index s", "verify s", "÷ bare", "processor", "memory grown MB"
    )
    for entries in sizes:
        folder = Path(tempfile.mkdtemp(prefix="vestige-bench-"))
        try:
            _, append, index, bare_append, verify, bare_verify, grown = measure(entries, folder)
        finally:
            shutil.rmtree(folder)
        table.add_row(
            f"{entries:,}",
            f"{append.wall:.2f}",
            f"{append.wall / bare_append.wall:.2f}",
            f"{append.processor / bare_append.processor:.2f}",
            f"{index.wall:.2f}",
            f"{verify.wall:.2f}",
            f"{verify.wall / bare_verify.wall:.2f}",
            f"{verify.processor / bare_verify.processor:.2f}",
            f"{grown / 1024:.1f}",
        )
    Console(width=120).print(table)


if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv[1:]):
        sys.exit(__doc__)
    main()
