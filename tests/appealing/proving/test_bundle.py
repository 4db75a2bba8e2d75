"""Bundles and letters checked as their recipient checks them: without the record, by other tools, and after somebody tampered with them."""

import base64
import hashlib
import io
import json
import socket
import zipfile

import bagit
import msgspec
import pypdf
import pytest
import rdflib

from tests.appealing.samples import run, sample
from vestige.appealing import Citation, HeldFile, Origin, Paragraph, Section, Withheld
from vestige.appealing.proving import (
    gather_evidence,
    is_bundle,
    render_documents,
    verify_bundle,
    verify_letter,
    write_bundle,
)
from vestige.entries import (
    Appeal,
    AppealAddressee,
    AppealDocument,
    Assessment,
    Assessor,
    DateWindow,
    Draft,
    Name,
    Site,
    Source,
)
from vestige.errors import InputError
from vestige.record import Record

PHOTO = b"a sample of a preserved file"


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    with Record.create(tmp_path_factory.mktemp("proving") / "record", "Sample record") as record:
        (site,) = record.append(Draft(Site(names=(Name(text="Sample site", language="en"),))))
        file, large = record.add_file(PHOTO), record.add_file(b"x" * 300_000)
        record.append(
            Draft(Source(title="A sample", file=file, media_type="text/plain")),
            Draft(Source(title="Large", file=large)),
        )
        window = DateWindow(when="on", start="2023-07-23")
        record.append(
            Draft(Assessment(site=site.about, assessor=Assessor(name="A. Sample"), window=window, condition="Poor"))
        )
        yield record


def composed_from(record, language="en", **changes):
    """Give an appeal that cites every entry of a record but its policy."""
    entries = [entry for entry in record.index.entries() if entry.kind in {"site", "source", "assessment"}]
    cited = tuple(entry.hash for entry in entries)
    citations = tuple(
        Citation(entry=e.hash, index=e.index, kind=e.kind, thing=e.about, text=f"Sample {e.kind}", language=language)
        for e in entries
    )
    fact = Paragraph(kind="fact", number=1, runs=(run("A sample fact.", language, cited),))
    sources = [entry.body for entry in entries if entry.kind == "source"]
    files = tuple(
        HeldFile(
            file=s.file, name=s.title, media_type=s.media_type or "application/octet-stream", entry=cited[1], size=n
        )
        for s, n in zip(sources, (len(PHOTO), 300_000), strict=True)
    )
    checkpoint = record.checkpoint
    origin = Origin(
        name="Sample record",
        origin=checkpoint.origin,
        vkey=str(record.verifiers[0]),
        size=checkpoint.size,
        root=base64.b64encode(checkpoint.root).decode(),
    )
    return sample(
        language,
        sections=(Section(id="facts", heading="Facts", paragraphs=(fact,)),),
        annexes=(),
        citations=citations,
        entries=cited,
        files=files,
        record=origin,
        withheld=(Withheld(name="ff" * 32, what="entry", reason="it would tell a place"),),
        **changes,
    )


@pytest.fixture(scope="module")
def sent(record):
    """An appeal that is composed, entered and bundled: what it says, its documents, its entry, its bundle."""
    composed = composed_from(record)
    documents = render_documents(composed, gather_evidence(composed, record))
    listed = tuple(
        AppealDocument(name=name, file=record.add_file(content), media_type="application/octet-stream", language="en")
        for name, content in documents.items()
    )
    body = Appeal(
        origin="own",
        form="whc-174",
        title=composed.title,
        addressees=(AppealAddressee(name="UNESCO World Heritage Centre"),),
        form_file=record.add_file(b"form"),
        draft=record.add_file(b"draft"),
        checkpoint=f"{composed.record.size} {composed.record.root}",
        documents=listed,
    )
    (receipt,) = record.append(Draft(body, cites=composed.entries))
    evidence = gather_evidence(composed, record, [receipt.entry])
    return composed, documents, receipt, write_bundle(composed, documents, evidence, record, appended=True)


@pytest.fixture
def bundle(sent, tmp_path):
    path = tmp_path / "bundle.zip"
    path.write_bytes(sent[3])
    return path


def files_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def put(path, files, *, cover=True):
    """Write a bundle anew; ``cover`` makes its list of files fit, as whoever tampers with care would."""
    if cover:
        lines = (
            f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files) if name.startswith("data/")
        )
        files["manifest-sha256.txt"] = "".join(lines).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def said(report):
    return [(found.kind, found.message) for found in report.discrepancies]


def test_a_bundle_is_unchanged_and_checked_without_a_network(bundle, sent, monkeypatch):
    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("a check asked the network"))
    report = verify_bundle(bundle)
    assert report.unchanged, report.discrepancies
    assert (report.size, report.signatures, report.bodies) == (6, 6, 6)
    assert is_bundle(bundle)
    assert verify_bundle(bundle, key=sent[0].record.vkey).unchanged


def test_a_bundle_of_another_key_is_not_believed(bundle):
    assert said(verify_bundle(bundle, key="example.org/other+00000000+AAAA"))[0][0] == "unsigned"


@pytest.mark.parametrize("cover", [True, False], ids=["with care", "plainly"])
def test_five_kinds_of_tampering_have_five_messages(bundle, sent, cover):
    def alter_body(files):
        name = max(
            name
            for name in files
            if "/entries/" in name and b"Poor" in base64.b64decode(files[name].split(b"\n")[1][6:])
        )
        lines = files[name].split(b"\n")
        lines[1] = b"extra " + base64.b64encode(base64.b64decode(lines[1][6:]).replace(b'"Poor"', b'"Good"'))
        files[name] = b"\n".join(lines)

    def drop_proof(files):
        del files[sorted(name for name in files if "/entries/" in name)[2]]

    def swap_file(files):
        files[next(name for name in files if name.startswith("data/files/"))] = b"another picture"

    def strip_policy(files):
        del files[min(name for name in files if "/entries/" in name)]

    def replace_pdf(files):
        files["data/letter/whc-174-en.pdf"] = sent[1]["whc-174-en.pdf"].replace(b"/Producer", b"/producer", 1) + b"\n"

    messages = []
    for tamper in (alter_body, drop_proof, swap_file, strip_policy, replace_pdf):
        files = files_of(sent[3])
        tamper(files)
        report = verify_bundle(put(bundle, files, cover=cover))
        assert not report.unchanged
        messages.append(said(report)[0])
    assert messages == [
        ("modified", "not the body that was committed to"),
        ("missing", "the appeal cites this entry, and its proof is not there"),
        ("modified", "not the file that was preserved"),
        ("missing", "the policy that says who may sign is not there"),
        ("modified", "not the document whose hash the appeal's entry carries"),
    ]


@pytest.mark.parametrize("place", range(0, 100, 7))
def test_a_changed_byte_anywhere_in_the_payload_is_found(bundle, sent, place):
    files = files_of(sent[3])
    name = sorted(name for name in files if name.startswith("data/"))[place % (len(files) - 4)]
    content = bytearray(files[name])
    content[len(content) * place // 100] ^= 1
    files[name] = bytes(content)
    assert not verify_bundle(put(bundle, files, cover=False)).unchanged


def test_a_stranger_in_a_bundle_is_told(bundle, sent):
    files = files_of(sent[3]) | {"data/files/" + "0" * 64: b"x"}
    assert said(verify_bundle(put(bundle, files)))[0][0] == "unexpected"


def test_a_receipt_of_another_record_does_not_pass(bundle, sent, tmp_path):
    with Record.create(tmp_path / "other", "Other record") as other:
        other.append(Draft(Site(names=(Name(text="Sample site", language="en"),))))
        composed = sample("en", entries=(), citations=(), sections=(), annexes=())
        strange = files_of(write_bundle(composed, {}, gather_evidence(composed, other), other))
    files = files_of(sent[3])
    mine, theirs = (min(name for name in each if "/entries/" in name) for each in (files, strange))
    files[mine] = strange[theirs]
    assert not verify_bundle(put(bundle, files)).unchanged


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04"])
def test_what_is_no_bundle_is_one_clear_error(tmp_path, content):
    (tmp_path / "b.zip").write_bytes(content)
    assert not is_bundle(tmp_path / "b.zip")
    with pytest.raises(InputError, match="expected a bundle"):
        verify_bundle(tmp_path / "b.zip")


@pytest.mark.parametrize("name", ["../evil", "/etc/passwd", "data/../../x"])
def test_a_path_that_leads_out_is_refused(tmp_path, name):
    put(tmp_path / "b.zip", {"bagit.txt": b"", name: b""}, cover=False)
    with pytest.raises(InputError, match="leads out"):
        verify_bundle(tmp_path / "b.zip")


def test_it_is_a_valid_bag(bundle, tmp_path):
    with zipfile.ZipFile(bundle) as archive:
        archive.extractall(tmp_path / "bag")
    bag = bagit.Bag(str(tmp_path / "bag"))
    bag.validate()
    assert bag.info["Bagging-Date"] == "2026-11-30"


def test_it_is_a_crate_that_names_every_file(sent):
    files = files_of(sent[3])
    crate = json.loads(files["data/ro-crate-metadata.json"])
    crate["@context"] = {"@vocab": "http://schema.org/", "conformsTo": "http://purl.org/dc/terms/conformsTo"}
    graph = rdflib.Graph().parse(data=json.dumps(crate), format="json-ld", publicID="https://example.org/crate/")
    schema = rdflib.Namespace("http://schema.org/")
    parts = {str(part).removeprefix("https://example.org/crate/") for part in graph.objects(None, schema.hasPart)}
    assert parts == {name[5:] for name in files if name.startswith("data/")} - {"ro-crate-metadata.json"}
    assert (None, rdflib.DCTERMS.conformsTo, rdflib.URIRef("https://w3id.org/ro/crate/1.1")) in graph


def test_the_same_record_and_appeal_give_the_same_bundle(sent, record):
    composed, documents, receipt, data = sent
    evidence = gather_evidence(composed, record, [receipt.entry])
    assert (
        write_bundle(
            composed, render_documents(composed, gather_evidence(composed, record)), evidence, record, appended=True
        )
        != b""
    )
    assert write_bundle(composed, documents, evidence, record, appended=True) == data


def test_what_does_not_fit_is_named(sent, record):
    composed, documents, receipt, _ = sent
    evidence = gather_evidence(composed, record, [receipt.entry])
    data = write_bundle(composed, documents, evidence, record, largest=len(sent[3]) - 100_000)
    left_out = json.loads(files_of(data)["data/withheld.json"])["withheld"]
    held = [name for name in files_of(data) if name.startswith("data/files/")]
    named = [one["name"] for one in left_out if "would be larger than" in one["reason"]]
    assert len(held) + len(named) == 2 and named == [hashlib.sha256(b"x" * 300_000).hexdigest()]
    assert named[0] in files_of(data)["data/README.txt"].decode()


def test_a_withheld_file_does_not_leave(sent, record, tmp_path):
    composed, documents, _, _ = sent
    secret = record.add_file(b"the secret file", withheld=True)
    held = HeldFile(file=secret, name="x", media_type="text/plain", entry=composed.entries[0])
    for public in (True, False):
        asked = msgspec.structs.replace(composed, files=(msgspec.structs.replace(held, public=public),))
        data = write_bundle(asked, documents, gather_evidence(composed, record), record)
        assert b"the secret file" not in data


def test_the_readme_is_in_the_language_of_the_appeal(record):
    composed = composed_from(record, "ar")
    readme = files_of(write_bundle(composed, {}, gather_evidence(composed, record), record))["data/README.txt"].decode()
    assert "كيف يُتحقق منه" in readme and composed.record.vkey in readme and "مسودة" in readme


def test_a_draft_says_that_no_entry_speaks_for_its_documents(record, tmp_path):
    composed = composed_from(record)
    evidence = gather_evidence(composed, record)
    data = write_bundle(composed, render_documents(composed, evidence), evidence, record)
    (tmp_path / "b.zip").write_bytes(data)
    report = verify_bundle(tmp_path / "b.zip")
    assert report.unchanged, report.discrepancies
    assert any("a draft" in note for note in report.notes)


def test_evidence_of_an_entry_that_is_not_there_is_refused(record):
    with pytest.raises(InputError, match="cited entry"):
        gather_evidence(sample("en"), record)


def test_a_letter_says_which_entry_carries_its_hash(sent, record, tmp_path):
    (tmp_path / "letter.pdf").write_bytes(sent[1]["whc-174-en.pdf"])
    report = verify_letter(tmp_path / "letter.pdf", record=str(record.path))
    assert report.holds and report.evidence.unchanged
    (carried,) = report.carried
    assert (carried.entry, carried.name, carried.appeal) == (sent[2].entry, "whc-174-en.pdf", sent[2].about)


def test_a_letter_without_a_record_is_checked_by_the_evidence_within(sent, tmp_path):
    (tmp_path / "letter.pdf").write_bytes(sent[1]["whc-174-en.pdf"])
    report = verify_letter(tmp_path / "letter.pdf")
    assert report.holds and report.evidence.size == 5 and not report.carried


def test_a_letter_saved_anew_by_another_program_is_not_this_file(sent, record, tmp_path):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(sent[1]["whc-174-en.pdf"]))
    writer.write(tmp_path / "letter.pdf")
    report = verify_letter(tmp_path / "letter.pdf", record=str(record.path))
    assert not report.holds and not report.carried


@pytest.mark.parametrize("content", [b"", b"a text"])
def test_another_file_is_no_letter_of_the_record(record, tmp_path, content):
    (tmp_path / "letter.pdf").write_bytes(content)
    assert not verify_letter(tmp_path / "letter.pdf", record=str(record.path)).holds


def test_a_damaged_pdf_is_one_clear_error(tmp_path):
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7\nnothing")
    with pytest.raises(InputError, match=r"letter\.pdf: expected a PDF that can be read"):
        verify_letter(tmp_path / "letter.pdf")
