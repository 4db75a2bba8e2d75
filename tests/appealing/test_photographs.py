"""Photographs and letters of support: what the 7 Most Endangered ask of them is checked, and they leave as named and numbered files."""

import datetime as dt
import hashlib
import io
import zipfile

import msgspec
import numpy as np
import pytest
from PIL import ExifTags, Image

from tests.appealing.conftest import written
from vestige.appealing.checking import check
from vestige.appealing.drafting import (
    DraftEnclosure,
    DraftPhotograph,
    DraftSignatory,
    fill_draft,
    read_draft,
    write_draft,
)
from vestige.appealing.proving import verify_bundle
from vestige.entries import Actor, Assessment, Assessor, DateWindow, Draft, Location, Name, Site, Source
from vestige.keeping.appeals import compose_appeal
from vestige.procedures.forms import form
from vestige.record import Record, RecordReader

TODAY = dt.datetime.now(dt.UTC).date()
CAPTION, CREDIT = "The west front, 3 May 2026", "A. Sample"


def photograph(width, height, *, quality=95, place=None):
    """A JPEG of a size, of noise, so that it is as large as a camera's."""
    pixels = np.random.default_rng(0).integers(0, 256, (height, width, 3), np.uint8)
    data, tags = io.BytesIO(), Image.Exif()
    tags[ExifTags.Base.Make] = "A maker"
    if place:
        tags[ExifTags.IFD.GPSInfo] = {1: "N", 2: (place[0], 0.0, 0.0), 3: "E", 4: (place[1], 0.0, 0.0)}
    Image.fromarray(pixels).save(data, "JPEG", quality=quality, exif=tags.tobytes())
    return data.getvalue()


@pytest.fixture(scope="module")
def nominated(tmp_path_factory):
    """Give a record with a place in Bosnia and Herzegovina, and sources: photographs good and bad, and one without a file."""
    with Record.create(tmp_path_factory.mktemp("nominated") / "record", "Nominated", origin="nominated") as record:
        place = Location(latitude=43.337222, longitude=17.815)
        site, actor = record.append(
            Draft(Site(names=(Name(text="Old Bridge", language="en"),), countries=("BA",), location=place)),
            Draft(Actor(names=(Name(text="Sample Association"),), type="organisation")),
        )
        window = DateWindow(when="on", start="2026-05-03")
        record.append(
            Draft(Assessment(site=site.about, assessor=Assessor(name="A. Sample"), window=window, condition="Poor"))
        )
        files = {
            "good": photograph(1800, 1200),
            "upright": photograph(1150, 1700),
            "small": photograph(1000, 700, quality=100),
            "light": photograph(1800, 1200, quality=30),
            "placed": photograph(1800, 1200, place=(43.0, 17.0)),
            "text": b"no picture " * 200_000,
        }
        sources = {}
        for name, content in files.items():
            source = Source(title=name, form="copy", file=record.add_file(content), media_type="image/jpeg")
            (sources[name],) = (one.about for one in record.append(Draft(source)))
        for name, form_, language, nature in (
            ("support", "copy", "en", "letter"),
            ("member", "copy", "en-GB", "letter"),
            ("in French", "copy", "fr", "letter"),
            ("no letter", "copy", "en", "news"),
            ("told of", "abstract", "en", "letter"),
            ("unsaid", "copy", None, "letter"),
        ):
            held = record.add_file(f"We support the nomination: {name}.".encode())
            letter = Source(
                title=name, form=form_, file=held, language=language, nature=nature, media_type="application/pdf"
            )
            (sources[name],) = (one.about for one in record.append(Draft(letter)))
        (none,) = record.append(Draft(Source(title="none", form="reference", publisher="P")))
        sources["none"] = none.about
        yield record, site.about, actor.about, sources, files


SUPPORT = (("support", "support"), ("support-of-a-member", "member"))


def drafted(nominated, *names, form_id="en-7me", support=SUPPORT, **changes):
    record, site, actor, sources, _ = nominated
    signatory = DraftSignatory(name="Sample Association", who="ngo", capacity="chair", actor=actor, consent=True)
    with RecordReader(record.path) as reader:
        draft = fill_draft(form(form_id), reader, sites=[site], signatory=signatory, language="en", date=TODAY)
    draft = written(draft)
    answers = {"type": "historic buildings and ensembles", "owner": "public"}
    parts = tuple(msgspec.structs.replace(part, answer=answers.get(part.field, part.answer)) for part in draft.part)
    named = [
        msgspec.structs.replace(
            DraftPhotograph(source=sources.get(name, name), caption=CAPTION, credit=CREDIT), **changes
        )
        for name in names
    ]
    enclosed = tuple(DraftEnclosure(kind=kind, source=sources.get(name, name)) for kind, name in support)
    return msgspec.structs.replace(draft, part=parts, photograph=tuple(named), enclosure=enclosed)


def found(nominated, draft, where="photograph"):
    with RecordReader(nominated[0].path) as reader:
        return [one for one in check(draft, form(draft.form), reader, today=TODAY) if where in one.where]


def test_photographs_as_they_are_asked_for_pass_and_the_draft_reads_back(nominated):
    draft = drafted(nominated, "good", "upright")
    assert read_draft(write_draft(draft)) == draft
    assert found(nominated, draft) == found(nominated, draft, "enclosure") == []


@pytest.mark.parametrize(
    ("names", "changes", "level", "says"),
    [
        ((), {}, "warning", "none is named: Up to 15 photographs"),
        (("small",), {}, "warning", "is 1000 x 700 pixels, and the form asks for about 1800 x 1200"),
        (("light",), {}, "error", "and the form asks for 2,000,000 or more"),
        (("placed",), {}, "error", "tells, or may tell, where it was made"),
        (("text",), {}, "error", "is no picture"),
        (("none",), {}, "error", "expected a public source of this record that preserves a picture"),
        (("source:aaaaaaaaaaaaaaaa",), {}, "error", "expected a public source of this record"),
        (("good", "good"), {}, "error", "is named more than once"),
        (("good",), {"caption": "…"}, "error", "has no caption"),
        (("good",), {"credit": " "}, "error", "has no credit"),
    ],
)
def test_what_the_form_does_not_take_is_named(nominated, names, changes, level, says):
    complaints = found(nominated, drafted(nominated, *names, **changes))
    assert any(one.level == level and says in one.says for one in complaints), complaints


def test_more_than_fifteen_are_too_many_and_another_form_takes_none(nominated):
    many = drafted(nominated, *[f"source:{letter * 16}" for letter in "abcdefghijklmnop"])
    assert any("expected at most 15, got 16" in one.says for one in found(nominated, many))
    assert not any(
        "at most" in one.says
        for one in found(nominated, msgspec.structs.replace(many, photograph=many.photograph[:15]))
    )
    other = msgspec.structs.replace(drafted(nominated, form_id="unesco-dg", support=()), photograph=many.photograph[:1])
    assert any(one.level == "error" and "says nothing of photographs" in one.says for one in found(nominated, other))


@pytest.mark.parametrize(
    ("support", "level", "where", "says"),
    [
        ((), "error", "enclosure support", "Letter of support is missing: At least two letters of support in English"),
        (SUPPORT[:1], "error", "enclosure support-of-a-member", "Letter of support of a member of Europa Nostra is missing"),
        (SUPPORT[1:], "error", "enclosure support", "Letter of support is missing"),
        ((SUPPORT[0], ("support-of-a-member", "support")), "error", "enclosure 2", "is the same document as another"),
        ((*SUPPORT, ("praise", "support")), "error", "enclosure 3", "expected a kind among support, support-of-a-member"),
        ((SUPPORT[0], ("support-of-a-member", "in French")), "error", "enclosure 2", "is in fr, and it is asked for in en"),
        ((SUPPORT[0], ("support-of-a-member", "no letter")), "error", "enclosure 2", "is kept as news"),
        ((SUPPORT[0], ("support-of-a-member", "told of")), "error", "enclosure 2", "is preserved as abstract"),
        ((SUPPORT[0], ("support-of-a-member", "unsaid")), "warning", "enclosure 2", "its language is not said"),
        ((SUPPORT[0], ("support-of-a-member", "none")), "error", "enclosure 2", "expected a public source"),
        ((SUPPORT[0], ("support-of-a-member", "source:aaaaaaaaaaaaaaaa")), "error", "enclosure 2", "expected a public source"),
    ],
)  # fmt: skip
def test_a_letter_of_support_that_is_missing_or_none_is_named(nominated, support, level, where, says):
    complaints = found(nominated, drafted(nominated, support=support), "enclosure")
    assert any((one.level, one.where) == (level, where) and says in one.says for one in complaints), complaints
    missing = {one.where for one in complaints if "is missing" in one.says}
    assert missing == {f"enclosure {kind}" for kind, _ in SUPPORT} - {f"enclosure {kind}" for kind, _ in support}


def test_they_leave_named_and_numbered_with_their_captions(nominated, tmp_path):
    pytest.importorskip("typst")
    record, _, _, sources, files = nominated
    made = compose_appeal(
        record, write_draft(drafted(nominated, "good", "upright")), tmp_path / "out", today=TODAY, where="draft"
    )
    names = ["photograph-01-The-west-front-3-May-2026.jpg", "photograph-02-The-west-front-3-May-2026.jpg"]
    assert [name for name in made.documents if name.startswith("photograph")] == names
    for name, held in zip(names, ("good", "upright"), strict=True):
        assert (tmp_path / "out" / name).read_bytes() == files[held]
        assert Image.open(tmp_path / "out" / name).size in {(1800, 1200), (1150, 1700)}
    page = (tmp_path / "out" / "en-7me-en.html").read_text("utf-8")
    assert "1. The west front, 3 May 2026 (A. Sample)" in page and "2. The west front" in page
    for name, held in (("enclosure-01-support.pdf", "support"), ("enclosure-02-support-of-a-member.pdf", "member")):
        assert (tmp_path / "out" / name).read_bytes() == f"We support the nomination: {held}.".encode()
    assert "Letter of support of a member of Europa Nostra" in page
    body = record.index.current(made.receipt.about)
    assert {record.index.current(sources[name]).hash for name in ("good", "upright", "support", "member")} <= set(
        body.envelope.cites
    )
    report = verify_bundle(tmp_path / "out" / "bundle.zip")
    assert report.unchanged
    with zipfile.ZipFile(io.BytesIO((tmp_path / "out" / "bundle.zip").read_bytes())) as bundle:
        assert f"data/files/{hashlib.sha256(files['good']).hexdigest()}.jpg" in bundle.namelist()
