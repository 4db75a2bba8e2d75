"""What somebody can do to a bundle with care, its lists made to fit: each is told, by the command and by the checker's own code."""

import base64
import hashlib
import io
import zipfile

import msgspec
import pytest

from tests.appealing.conftest import TODAY, written
from tests.asking_the_browser import ask
from vestige.appealing.drafting import DraftSignatory, fill_draft, write_draft
from vestige.appealing.proving import verify_bundle
from vestige.entries import Actor, Assessment, Assessor, DateWindow, Draft, Name, Site
from vestige.errors import InputError
from vestige.keeping.appeals import compose_appeal
from vestige.procedures.forms import form
from vestige.record import Record, RecordReader

TAGS = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")
CHECKER = "data/vestige-check.html"
ENTRY, LETTER = "/entries/", "data/letter/unesco-dg-en.pdf"


def opened(bundle):
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def listed(files, names):
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in names if name in files).encode()


def packed(files, links=()):
    """Give a ZIP of files with its two lists made to fit, some of them as links."""
    files = files | {"manifest-sha256.txt": listed(files, [name for name in files if name.startswith("data/")])}
    files |= {"tagmanifest-sha256.txt": listed(files, TAGS)}
    return zipped(files.items(), links)


def zipped(files, links=()):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in files:
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, (0o120777 if name in links else 0o100644) << 16
            archive.writestr(info, content)
    return written.getvalue()


def entries(files):
    return sorted(name for name in files if ENTRY in name)


def policies(files):
    return [name for name in entries(files) if b'"kind":"policy"' in base64.b64decode(files[name].split(b"\n")[1][6:])]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """Give the bundle of an appeal that was composed from a record with two policies."""
    pytest.importorskip("typst")
    folder = tmp_path_factory.mktemp("composed")
    with Record.create(folder / "record", "Sample record") as record:
        (first,) = record.index.entries("policy")
        record.append(
            Draft(msgspec.structs.replace(first.body, name="Renamed"), about=first.about, replaces=first.hash)
        )
        site, actor = record.append(
            Draft(Site(names=(Name(text="Old Bridge", language="en"),), countries=("BA",))),
            Draft(Actor(names=(Name(text="Sample Association"),), type="organisation")),
        )
        window = DateWindow(when="on", start="2026-05-03")
        record.append(
            Draft(Assessment(site=site.about, assessor=Assessor(name="A. Sample"), window=window, condition="Poor"))
        )
        signatory = DraftSignatory(name="Sample Association", who="ngo", capacity="c", actor=actor.about, consent=True)
        with RecordReader(record.path) as reader:
            draft = fill_draft(
                form("unesco-dg"), reader, sites=[site.about], signatory=signatory, language="en", date=TODAY
            )
        compose_appeal(record, write_draft(written(draft)), folder / "out", today=TODAY, where="draft")
    return (folder / "out" / "bundle.zip").read_bytes()


def proofs_swapped(bundle):
    files = opened(bundle)
    one, two = entries(files)[1:3]
    parts = [files[name].split(b"\n") for name in (one, two)]
    paths = [lines[3 : lines.index(b"")] for lines in parts]
    for name, lines, path in zip((one, two), parts, reversed(paths), strict=True):
        files[name] = b"\n".join(lines[:3] + path + lines[lines.index(b"") :])
    return packed(files)


def entries_swapped(bundle):
    files = opened(bundle)
    one, two = entries(files)[1:3]
    return packed(files | {one: files[two], two: files[one]})


def an_entry_twice(bundle):
    files = opened(bundle)
    name = entries(files)[1]
    return packed(files | {name.replace(".tlog", "a.tlog"): files[name]})


def a_file_of_no_list(bundle):
    return zipped((opened(bundle) | {"more.txt": b"x"}).items())


def a_file_of_no_place(bundle):
    return packed(opened(bundle) | {"data/more.html": b"x"})


def another_letter(bundle):
    return packed(opened(bundle) | {"data/letter/better.pdf": b"%PDF-1.7"})


def a_letter_renamed(bundle):
    files = opened(bundle)
    content = files.pop(LETTER)
    return packed(files | {"data/letter/draft.pdf": content})


def a_bag_within(bundle):
    files = opened(bundle)
    return packed(files | {f"data/second/{name}": content for name, content in files.items()})


def a_bag_beside(bundle):
    files = opened(bundle)
    return packed(files | {f"second/{name}": content for name, content in files.items()})


def what_is_to_be_fetched(bundle):
    return packed(opened(bundle) | {"fetch.txt": b"https://example.org/x - data/x\n"})


def another_sender(bundle):
    files = opened(bundle)
    return zipped((files | {"bag-info.txt": files["bag-info.txt"] + b"Contact-Name: Another\n"}).items())


def no_list_of_tags(bundle):
    return zipped((name, content) for name, content in opened(bundle).items() if name != "tagmanifest-sha256.txt")


def a_policy_removed(bundle):
    files = opened(bundle)
    return packed({name: content for name, content in files.items() if name != policies(files)[-1]})


def a_name_twice(bundle):
    with pytest.warns(UserWarning, match="Duplicate"):
        return zipped([*opened(bundle).items(), (LETTER, b"another")])


def a_name_in_another_case(bundle):
    return packed(opened(bundle) | {LETTER.upper(): b"another"})


def bytes_before(bundle):
    return b"#!/bin/sh\n" + bundle


def a_zip_before(bundle):
    return zipped([(LETTER, b"another")]) + bundle


def bytes_after(bundle):
    return bundle + b"\0" * 40


def a_comment(bundle):
    return bundle[:-2] + b"\x05\x00" + b"hello"


def a_link(bundle):
    return packed(opened(bundle) | {LETTER: b"/etc/passwd"}, links=(LETTER,))


def a_link_beside(bundle):
    return packed(opened(bundle) | {"data/letter/more.pdf": b"../../README.txt"}, links=("data/letter/more.pdf",))


FOUND = {
    proofs_swapped: ("modified", "proof"),
    entries_swapped: ("modified", "file"),
    an_entry_twice: ("unexpected", "file"),
    a_file_of_no_list: ("unexpected", "extra"),
    a_file_of_no_place: ("unexpected", "extra"),
    another_letter: ("unexpected", "letter"),
    a_letter_renamed: ("missing", "letter"),
    a_bag_within: ("unexpected", "extra"),
    a_bag_beside: ("unexpected", "extra"),
    what_is_to_be_fetched: ("unexpected", "extra"),
    another_sender: ("modified", "file"),
    no_list_of_tags: ("missing", "missing"),
    a_policy_removed: ("missing", "missing"),
}
REFUSED = {
    a_name_twice: "one name twice",
    a_name_in_another_case: "differ by case alone",
    bytes_before: "bytes before its first file",
    a_zip_before: "bytes before its first file",
    bytes_after: "bytes after its end",
    a_comment: "bytes after its end",
    a_link: f"got a link: {LETTER}",
    a_link_beside: "got a link: data/letter/more.pdf",
}


@pytest.fixture(scope="module")
def told(bundle, tmp_path_factory):
    """Give what the checker's code says of every altered bundle, asked at once."""
    folder = tmp_path_factory.mktemp("tampered")
    for tamper in (*FOUND, *REFUSED, packed_again):
        (folder / f"{tamper.__name__}.zip").write_bytes(tamper(bundle))
    paths = sorted(folder.glob("*.zip"))
    return folder, dict(zip((path.stem for path in paths), ask([{"bundle": str(path)} for path in paths]), strict=True))


def packed_again(bundle):
    """Not tampered with at all: the lists that are made here are those of a true bundle."""
    return packed(opened(bundle))


def test_a_bundle_that_was_only_packed_anew_is_unchanged(told):
    folder, browser = told
    assert verify_bundle(folder / "packed_again.zip").unchanged
    assert browser["packed_again"]["findings"] == []


@pytest.mark.parametrize("tamper", FOUND, ids=lambda tamper: tamper.__name__)
def test_what_was_done_with_care_is_found(told, tamper):
    folder, browser = told
    ours, checkers = FOUND[tamper]
    report = verify_bundle(folder / f"{tamper.__name__}.zip")
    assert ours in {found.kind for found in report.discrepancies} and not report.unchanged
    assert checkers in {found["kind"] for found in browser[tamper.__name__]["findings"]}


@pytest.mark.parametrize("tamper", REFUSED, ids=lambda tamper: tamper.__name__)
def test_what_programs_read_differently_is_refused_in_one_line(told, tamper):
    folder, browser = told
    with pytest.raises(InputError, match=REFUSED[tamper]) as refused:
        verify_bundle(folder / f"{tamper.__name__}.zip")
    assert "\n" not in str(refused.value)
    assert browser[tamper.__name__]["trouble"]


def test_what_no_signature_speaks_for_is_named_and_another_checker_is_told(bundle, tmp_path):
    path = tmp_path / "checker.zip"
    path.write_bytes(packed(opened(bundle) | {CHECKER: b"<p>All is well.</p>", "data/README.txt": b"Trust us."}))
    report = verify_bundle(path)
    assert any("no signature speaks for data/README.txt" in note for note in report.notes)
    digest = hashlib.sha256(b"<p>All is well.</p>").hexdigest()
    assert any(f"{CHECKER} is not the checker of this version" in note and digest in note for note in report.notes)
