"""Time and memory of an appeal of many sites: its documents and its bundle, on a record made for it.

Run: python bench/appealing/letters.py [--sites 60] [--citations 400]
"""

import argparse
import base64
import resource
import tempfile
import time
from pathlib import Path

from vestige.appealing import Addressee, Citation, Composed, HeldFile, Origin, Paragraph, Run, Section, Signatory
from vestige.appealing.proving import gather_evidence, render_documents, verify_bundle, write_bundle
from vestige.entries import Assessment, Assessor, DateWindow, Draft, Name, Site, Source
from vestige.record import Record

SENTENCE = "Sample assessor {n} judged sample site {site} to be in poor condition for 23 July 2023; others have not spoken of it yet."


def record_of(folder: Path, sites: int, citations: int) -> Record:
    """Make a record of sites, each with assessments and a source with a preserved file of 200 kB."""
    record = Record.create(folder / "record", "Bench record")
    places = record.append(*(Draft(Site(names=(Name(text=f"Sample site {n}"),))) for n in range(sites)))
    files = [record.add_file(f"sample {n} ".encode() * 20_000) for n in range(sites)]
    record.append(
        *(Draft(Source(title=f"Sample {n}", file=file, media_type="text/plain")) for n, file in enumerate(files))
    )
    window = DateWindow(when="on", start="2023-07-23")
    assessors = [Assessor(name=f"Sample assessor {n}") for n in range(citations)]
    bodies = (
        Assessment(site=places[n % sites].about, assessor=who, window=window, condition="Poor")
        for n, who in enumerate(assessors)
    )
    record.append(*map(Draft, bodies))
    return record


def composed_of(record: Record, sites: int, citations: int) -> Composed:
    """Give an appeal with a paragraph for each citation, in a section for each site."""
    entries = [entry for entry in record.index.entries() if entry.kind == "assessment"]
    sources = list(record.index.entries("source"))
    cited = [*entries, *sources]
    checkpoint = record.checkpoint

    def fact(n: int) -> Paragraph:
        text = SENTENCE.format(n=n, site=n % sites)
        return Paragraph(kind="fact", number=n + 1, runs=(Run(text=text, language="en", cites=(entries[n].hash,)),))

    return Composed(
        form_id="whc-174",
        form_name="Sample",
        form_status="outline",
        status_note="A sample, to measure by.",
        letter="letter",
        addressee=Addressee(name="Sample addressee"),
        title="A sample of many sites",
        language="en",
        direction="ltr",
        date="2026-11-30",
        date_text="30 November 2026",
        sender="Sample sender",
        signatories=(Signatory(name="A. Sample", capacity="Member"),),
        sections=tuple(
            Section(
                id=f"s{site}", heading=f"Sample site {site}", paragraphs=tuple(map(fact, range(site, citations, sites)))
            )
            for site in range(sites)
        ),
        annexes=(),
        record=Origin(
            name="Bench record",
            origin=checkpoint.origin,
            vkey=str(record.verifiers[0]),
            size=checkpoint.size,
            root=base64.b64encode(checkpoint.root).decode(),
        ),
        footer="A sample; not a document of the sample addressee",
        citations=tuple(
            Citation(
                entry=e.hash,
                index=e.index,
                kind=e.kind,
                thing=e.about,
                text=f"Sample {e.kind}, entry {e.hash[:16]}…",
                language="en",
            )
            for e in cited
        ),
        entries=tuple(e.hash for e in cited),
        files=tuple(
            HeldFile(file=e.body.file, name=e.body.title, media_type="text/plain", entry=e.hash, size=None)
            for e in sources
        ),
    )


def main() -> None:
    """Print seconds, bytes and the greatest memory of the process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=60)
    parser.add_argument("--citations", type=int, default=400)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, record_of(Path(name), asked.sites, asked.citations) as record:
        composed = composed_of(record, asked.sites, asked.citations)
        started = time.perf_counter()
        evidence = gather_evidence(composed, record)
        documents = render_documents(composed, evidence)
        rendered = time.perf_counter()
        again = render_documents(composed, evidence)
        bundled = time.perf_counter()
        bundle = write_bundle(composed, documents, evidence, record)
        finished = time.perf_counter()
        path = Path(name, "bundle.zip")
        path.write_bytes(bundle)
        report = verify_bundle(path)
        checked = time.perf_counter()
        print(f"{asked.sites} sites, {asked.citations} citations")
        print(f"documents: {rendered - started:.1f} s; same bytes again: {again == documents}")
        print(
            f"bundle: {finished - bundled:.1f} s, {len(bundle) / 1e6:.1f} MB; check: {checked - finished:.1f} s, unchanged: {report.unchanged}"
        )
        print(*(f"  {key}: {len(content) / 1e6:.2f} MB" for key, content in documents.items()), sep="\n")
        print(f"greatest memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")


if __name__ == "__main__":
    main()
