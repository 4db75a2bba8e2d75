"""Time and memory from a draft to everything that is handed over, on a record of many sites: draft, check, compose with all documents and the bundle.

Run: python bench/appealing/composing.py [--sites 60] [--citations 400]
"""

import argparse
import datetime as dt
import resource
import tempfile
import time
from pathlib import Path

import msgspec
from letters import record_of

from vestige.appealing.drafting import PLACEHOLDER, DraftFile, write_draft
from vestige.entries import Actor, Draft, Name
from vestige.keeping.appeals import check_appeal, compose_appeal, draft_appeal


def written(draft: DraftFile) -> DraftFile:
    """Give a draft with a sentence in the place of each place-holder, and consent."""
    parts = [
        msgspec.structs.replace(
            part,
            paragraph=tuple(
                msgspec.structs.replace(one, text="We ask that this be looked into.")
                if one.text == PLACEHOLDER
                else one
                for one in part.paragraph
            ),
        )
        for part in draft.part
    ]
    signatories = tuple(msgspec.structs.replace(one, consent=True, capacity="a sample") for one in draft.signatory)
    return msgspec.structs.replace(draft, part=tuple(parts), signatory=signatories)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=60)
    parser.add_argument("--citations", type=int, default=400)
    given = parser.parse_args()
    today = dt.datetime.now(dt.UTC).date()
    with tempfile.TemporaryDirectory() as name, record_of(Path(name), given.sites, given.citations) as record:
        record.append(Draft(Actor(names=(Name(text="Sample Association"),), type="organisation")))
        sites = [entry.about for entry in record.index.entries("site", current=True)]
        begin = time.perf_counter()
        data = write_draft(written(draft_appeal(record, "unesco-dg", sites, "Sample Association", date=today)))
        drafted = time.perf_counter()
        found = check_appeal(record, data, today=today, where="draft")
        checked = time.perf_counter()
        made = compose_appeal(record, data, Path(name) / "out", today=today, where="draft")
        composed = time.perf_counter()
        errors = sum(one.level == "error" for one in found)
        bundle = (Path(name) / "out" / "bundle.zip").stat().st_size / 1e6
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"draft {drafted - begin:.1f} s, check {checked - drafted:.1f} s ({errors} errors, {len(found)} findings)"
        )
        print(
            f"compose {composed - checked:.1f} s: {len(made.documents)} documents, bundle {bundle:.1f} MB, {memory:.0f} MB of memory"
        )


if __name__ == "__main__":
    main()
