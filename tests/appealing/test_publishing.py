"""What the public sees of appeals: where each stands, made anew when the record learns more; and nothing of what must not be seen."""

import contextlib
import datetime as dt
import hashlib
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile

import msgspec
import pypdf
import pytest
from PIL import ExifTags, Image

from tests.appealing.conftest import written
from tests.asking_the_browser import ask
from tests.hostile import carriers
from tests.publishing.conftest import site_of
from vestige.appealing.checking import check
from vestige.appealing.drafting import DraftParagraph, DraftSignatory, fill_draft, write_draft
from vestige.appealing.proving import verify_bundle
from vestige.entries import (
    BLANK_KEYS,
    Actor,
    Appeal,
    AppealAddressee,
    Assessment,
    Assessor,
    DateWindow,
    Dispatch,
    Draft,
    Location,
    Name,
    Policy,
    Site,
    Source,
    Speaker,
    Statement,
)
from vestige.keeping.appeals import compose_appeal, enter_dispatch, enter_reply
from vestige.procedures.following import deadline
from vestige.procedures.forms import form, form_ids
from vestige.publishing import publish
from vestige.publishing.words._catalogue import LANGUAGES
from vestige.publishing.words._deadline import told_rule
from vestige.publishing.words._language import language
from vestige.record import Record, RecordReader

TODAY = dt.datetime.now(dt.UTC).date()
SECRETS = ("39.123456", "46.654321", "SECRET-ROAD-7", "Withheld Wording Here", "Planted Victim")


class Made:
    """A record with a public place, a sensitive one and something withheld."""

    def __init__(self, folder) -> None:
        self.folder = folder
        policy = Policy(name="Planted", origin="filled.in", keys=BLANK_KEYS, languages=("en",))
        Record.create(folder / "record", policy.name, origin="planted", policy=policy).close()
        self.record = Record.open(folder / "record", withheld=True)
        site, cave, actor = self.record.append(
            Draft(Site(names=(Name(text="Old Bridge", language="en"),), countries=("BA",))),
            Draft(
                Site(
                    names=(Name(text="Hidden Cave", language="en"),),
                    location=Location(latitude=39.123456, longitude=46.654321),
                    sensitivity="sensitive",
                    address="SECRET-ROAD-7",
                    countries=("AZ",),
                )
            ),
            Draft(Actor(names=(Name(text="Sample Association"),), type="organisation")),
        )
        self.site, self.cave, self.actor = site.about, cave.about, actor.about
        self.record.append(*(Draft(self.judged(thing)) for thing in (self.site, self.cave)))
        file = self.record.add_file(b"One said that it was hit.")
        (self.source,) = self.record.append(Draft(Source(title="T", form="abstract", publisher="P", file=file)))
        (self.said,) = self.record.append(self.statement("it was hit"))
        hidden = self.statement("Withheld Wording Here", site=self.cave)
        self.record.append(msgspec.structs.replace(hidden, visibility="withheld"))

    @staticmethod
    def judged(thing):
        window = DateWindow(when="on", start="2020-10-08")
        return Assessment(site=thing, assessor=Assessor(name="A Sample Assessor"), window=window, condition="Poor")

    def statement(self, content, *against, site=None):
        body = Statement(
            source=self.source.about,
            content=content,
            manner="indirect",
            speaker=Speaker(organisation="A Ministry"),
            status="confirmed",
            language="en",
            sites=(site or self.site,),
            disagrees_with=against,
        )
        return Draft(body, cites=(self.source.entry,))

    def draft(self, form_id, *sites):
        with RecordReader(self.record.path) as reader:
            signatory = DraftSignatory(
                name="Sample Association", who="ngo", capacity="c", actor=self.actor, consent=True
            )
            return written(
                fill_draft(form(form_id), reader, sites=sites, signatory=signatory, language="en", date=TODAY)
            )

    def compose(self, draft, name):
        return compose_appeal(
            self.record, write_draft(draft), self.folder / name, today=TODAY, where="draft"
        ).receipt.about

    def page(self, out, about):
        return (out / f"en/appeal/{about[7:]}.html").read_text("utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Give the record, for the tests of this module in their order."""
    found = Made(tmp_path_factory.mktemp("planted"))
    yield found
    found.record.close()


def everything_in(content: bytes, name: str = ""):
    """Give every stretch of bytes that a document holds, packed ones unpacked: parts of a ZIP, streams and attachments of a PDF."""
    yield name.encode()
    yield content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                yield from everything_in(archive.read(part), part)
    if content.startswith(b"%PDF"):
        reader = pypdf.PdfReader(io.BytesIO(content))
        yield "\n".join(page.extract_text() for page in reader.pages).encode()
        for number in range(1, len(reader.xref[0]) + len(reader.xref_objStm) + 1):
            found = reader.get_object(number)
            if hasattr(found, "get_data"):
                yield found.get_data()
        for parts in reader.attachments.values():
            yield from (bytes(part) for part in parts)


def test_nothing_planted_is_in_any_byte_of_what_a_public_appeal_hands_out(made):
    pytest.importorskip("typst")
    made.compose(made.draft("unesco-dg", made.site, made.cave), "public")
    seen = [part for file in (made.folder / "public").iterdir() for part in everything_in(file.read_bytes(), file.name)]
    assert len(seen) > 100
    assert any(b"Hidden Cave" in part for part in seen)
    for secret in SECRETS:
        assert not [part[:60] for part in seen if secret.encode() in part or secret.encode("utf-16-be") in part]


def positions_in(content: bytes):
    """Give the positions that the pictures within a stretch of bytes tell, wherever one begins."""
    at = content.find(b"\xff\xd8\xff")
    while at >= 0:
        with contextlib.suppress(OSError), Image.open(io.BytesIO(content[at:])) as picture:
            if found := picture.getexif().get_ifd(ExifTags.IFD.GPSInfo):
                yield found
        at = content.find(b"\xff\xd8\xff", at + 1)


def test_no_position_in_a_photograph_that_a_letter_rests_on_leaves_with_it(made):
    pytest.importorskip("typst")
    told, bare = carriers.picture(place=(39.0, 46.0)), carriers.picture()
    packed = carriers.zipped({"IMG_0001.jpg": told}, zipfile.ZIP_STORED)
    assert list(positions_in(told)) and list(positions_in(packed)) and not list(positions_in(bare))
    for content, media_type in ((told, "image/jpeg"), (packed, "application/zip"), (bare, "image/jpeg")):
        file = made.record.add_file(content)
        photograph = Source(title="A photograph", form="copy", file=file, media_type=media_type, size=len(content))
        (source,) = made.record.append(Draft(photograph))
        said = msgspec.structs.replace(made.statement("it was hit", site=made.cave).body, source=source.about)
        made.record.append(Draft(said, cites=(source.entry,)))
    parts = made.draft("unesco-dg", made.cave)
    photographed = [made.record.index.current(one.about).hash for one in made.record.index.entries("source")][-3:]
    parts = msgspec.structs.replace(parts, part=tuple(resting_on(part, photographed) for part in parts.part))
    made.compose(parts, "photographed")
    files = {file.name: file.read_bytes() for file in (made.folder / "photographed").iterdir()}
    for name, content in files.items():
        for part in everything_in(content, name):
            assert not list(positions_in(part)), name
            assert told not in part and packed not in part, name
    with zipfile.ZipFile(io.BytesIO(files["bundle.zip"])) as bundle:
        held = [bundle.read(name) for name in bundle.namelist()]
        left_out = {one["name"]: one["reason"] for one in json.loads(bundle.read("data/withheld.json"))["withheld"]}
        readme = bundle.read("data/README.txt").decode()
    assert bare in held
    for content in (told, packed):
        name = hashlib.sha256(content).hexdigest()
        assert left_out[name] == "left out, since this file tells, or may tell, where it was made"
        assert name in readme


def test_a_bundle_that_holds_an_earlier_appeal_about_the_place_is_checked_by_its_own(made, tmp_path):
    """The annex lists earlier appeals with their proofs; their documents are not this letter's, and this letter's are not theirs."""
    pytest.importorskip("typst")
    made.compose(made.draft("unesco-dg", made.site), "first")
    made.compose(made.draft("unesco-dg", made.site), "second")
    whole = made.folder / "second" / "bundle.zip"
    replaced = tmp_path / "replaced.zip"
    with zipfile.ZipFile(whole) as bundle, zipfile.ZipFile(replaced, "w") as altered:
        files = {name: bundle.read(name) for name in bundle.namelist()}
        files["data/letter/unesco-dg-en.pdf"] = (made.folder / "first" / "unesco-dg-en.pdf").read_bytes()
        lines = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in files if name.startswith("data/"))
        files["manifest-sha256.txt"] = "".join(lines).encode()
        tags = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")
        described = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in tags)
        files["tagmanifest-sha256.txt"] = "".join(described).encode()
        for name, content in files.items():
            altered.writestr(name, content)
    assert verify_bundle(whole).unchanged
    (found,) = (one for one in verify_bundle(replaced).discrepancies if one.file.startswith("data/letter/"))
    assert (found.kind, found.file) == ("modified", "data/letter/unesco-dg-en.pdf")
    browser = ask([{"bundle": str(path)} for path in (whole, replaced)])
    assert [one["findings"] for one in browser] == [[], [{"kind": "letter", "path": "data/letter/unesco-dg-en.pdf"}]]


def resting_on(part, cites):
    """Give a part whose first view, if there is one, rests on some entries too."""
    first = part.paragraph[0] if part.paragraph else None
    if first is None or first.role != "view":
        return part
    return msgspec.structs.replace(part, paragraph=(msgspec.structs.replace(first, cites=tuple(cites)),))


def test_a_form_that_asks_for_the_exact_place_of_a_sensitive_site_is_refused(made):
    with RecordReader(made.record.path) as reader:
        found = check(made.draft("en-7me", made.cave), form("en-7me"), reader, today=TODAY)
    assert any(one.level == "error" and one.group == "place" for one in found)


def test_a_confidential_appeal_leaves_no_trace_but_an_envelope(made):
    pytest.importorskip("typst")
    draft = made.draft("unesco-104", made.site)
    parts = [
        msgspec.structs.replace(
            part,
            answer={"choice": form("unesco-104").one(part.field).options[:1], "consent": ("yes",)}.get(
                form("unesco-104").one(part.field).kind, (None,)
            )[0],
        )
        for part in draft.part
    ]
    victim = DraftParagraph(role="declaration", text="Planted Victim lived beside it.")
    parts = [
        msgspec.structs.replace(part, paragraph=(victim,))
        if form("unesco-104").one(part.field).kind == "text"
        and form("unesco-104").one(part.field).role == "declaration"
        else part
        for part in parts
    ]
    draft = msgspec.structs.replace(draft, language="en", part=tuple(parts), elsewhere="no")
    about = made.compose(draft, "confidential")
    letter = made.folder / "reply.txt"
    letter.write_text("We write about Planted Victim.")
    when = TODAY.isoformat()
    enter_dispatch(made.record, about, when=when, means="post", to="A Street 104", today=TODAY)
    enter_reply(made.record, about, str(letter), sender="A Secret Office", received=when, kind="comment", today=TODAY)
    out = made.folder / "site"
    publish(made.record, out)
    for path in out.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for trace in ("Planted Victim", "A Street 104", "A Secret Office", "unesco-104", *SECRETS):
            assert trace.encode() not in content, (trace, path)
    lists = ("data/appeals.json", "data/appeals.csv", "en/appeals/index.html", "en/appeals.atom")
    for shown in (*lists, "en/changes.atom", "balance.json"):
        assert about not in (out / shown).read_text("utf-8")
    assert not (out / f"en/appeal/{about[7:]}.html").exists()
    with RecordReader(made.record.path) as reader:
        hidden = [entry for entry in reader.index.entries() if entry.kind in {"appeal", "dispatch", "reply"}]
        hidden = [entry for entry in hidden if entry.envelope.visibility == "withheld"]
    assert [entry.kind for entry in hidden] == ["appeal", "dispatch", "reply"]
    assert all(entry.body is None and entry.envelope.cites == () for entry in hidden)


def test_a_page_says_where_an_appeal_stands_and_is_made_anew_when_the_record_learns_more(made):
    pytest.importorskip("typst")
    out, when = made.folder / "site", TODAY.isoformat()
    about = made.compose(made.draft("unesco-dg", made.site), "letter")
    publish(made.record, out)
    assert "composed, not signed" in made.page(out, about)
    enter_dispatch(made.record, about, when=when, means="post", to="Paris", today=TODAY)
    publish(made.record, out)
    assert "has learnt more" not in made.page(out, about)
    made.record.append(made.statement("it was not hit", made.said.about))
    publish(made.record, out)
    page = made.page(out, about)
    assert "has learnt more" in page
    assert "It disagrees with an entry that it rests on" in page
    place = (out / f"en/site/{made.site[5:]}.html").read_text("utf-8")
    assert "Calls, visits, dialogues and appeals about this place" in place
    assert re.search(r'<article class="statement appeal">\s*<h4><a href="[^"]+">', place)
    assert not re.search(r"<[^a-z/!]", place), "a tag that is none"
    assert "has learnt more" in place
    letter = made.folder / "answer.txt"
    letter.write_text("We have looked into it.")
    enter_reply(
        made.record, about, str(letter), sender="UNESCO", received=when, kind="decision", outcome="partly", today=TODAY
    )
    publish(made.record, out)
    assert "answered, " in made.page(out, about)
    publish(made.record, made.folder / "anew")
    ours, anew = site_of(out), site_of(made.folder / "anew")
    assert ours.keys() == anew.keys()
    assert [path for path in ours if ours[path] != anew[path]] == []


@pytest.fixture(scope="module")
def awaited(tmp_path_factory):
    """A record in two languages with an appeal that was sent on 1 June 2026, by whose form it is due within ten working days and two weeks."""
    folder = tmp_path_factory.mktemp("awaited")
    policy = Policy(name="Awaited", origin="filled.in", keys=BLANK_KEYS, languages=("en", "ar"))
    with Record.create(folder / "record", policy.name, origin="awaited", policy=policy) as record:
        (source,) = record.append(Draft(Source(title="A newspaper", form="reference", publisher="P")))
        body = Appeal(
            origin="recorded",
            source=source.about,
            form="whc-ia",
            title="A request",
            language="en",
            addressees=(AppealAddressee(name="UNESCO World Heritage Centre"),),
        )
        (made,) = record.append(Draft(body))
        record.append(Draft(Dispatch(appeal=made.about, when="2026-06-01", means="post", to="Paris")))
        yield folder, record, made.about


def test_whether_a_day_had_passed_is_told_without_a_script_and_on_which_day(awaited):
    folder, record, about = awaited

    def page(out):
        return (out / f"en/appeal/{about[7:]}.html").read_text("utf-8")

    out = folder / "site"
    publish(record, out, day=dt.date(2026, 6, 15))
    assert page(out).count("When this page was made, on 15 June 2026, this day had not passed yet.") == 2
    assert "had passed when" not in page(out)
    again = publish(record, out, day=dt.date(2026, 6, 15))
    assert (again.pages, again.written) == (publish(record, out, day=dt.date(2026, 6, 15)).pages, 0)
    publish(record, out, day=dt.date(2026, 6, 16))  # no entry was made: the day alone
    assert "This day had passed when this page was made, on 16 June 2026, and the record knew of no answer." in page(
        out
    )
    publish(record, folder / "anew", day=dt.date(2026, 6, 16))
    assert {path: data for path, data in site_of(out).items() if data != site_of(folder / "anew")[path]} == {}


def test_rules_and_clocks_are_told_in_the_language_of_the_page(awaited):
    folder, record, about = awaited
    out = folder / "told"
    publish(record, out, day=dt.date(2026, 6, 15))
    english = (out / f"en/appeal/{about[7:]}.html").read_text("utf-8")
    arabic = (out / f"ar/appeal/{about[7:]}.html").read_text("utf-8")
    assert "Approved within two weeks after receipt; 14 days from the day on which it was sent (1 June 2026)" in english
    assert "10 days, Monday to Friday only, from the day on which it was sent (1 June 2026)" in english
    assert "تصدر الموافقة خلال أسبوعين من الاستلام؛ 14 يومًا من يوم إرساله (1 يونيو 2026)" in arabic
    for clock in form("whc-ia").clock:
        assert clock.says in english
        assert clock.says not in arabic and clock.what not in arabic


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_clock_of_every_form_is_told_in_every_language(code):
    for form_id in form_ids():
        wanted = form(form_id)
        for clock in (one for one in wanted.clock if one.by == "addressee"):
            for start, moved in ((None, None), (dt.date(2026, 6, 1), dt.date(2029, 1, 31))):
                told = told_rule(deadline(wanted, clock, start, moved), language(code))
                assert not re.search(r"[{}]|duration", told)
                letters = [sign for sign in told.replace("USD", "") if sign.isalpha()]
                if code in {"hy", "ar", "ru", "uk"}:
                    assert not [sign for sign in letters if sign.isascii()], told
                if moved:
                    assert language(code).date("2029-01-31") in told


def test_appeals_have_a_feed_of_their_own_that_the_list_names(awaited):
    folder, record, about = awaited
    out = folder / "fed"
    publish(record, out, base_url="https://awaited.example/")
    atom = "{http://www.w3.org/2005/Atom}"
    for code in ("en", "ar"):
        feed = ET.fromstring((out / code / "appeals.atom").read_bytes())
        links = [entry.find(f"{atom}link").get("href") for entry in feed.findall(f"{atom}entry")]
        assert f"https://awaited.example/{code}/appeal/{about[7:]}.html" in links
        assert len(links) == 2  # the appeal and its sending
        for link in links:
            assert (out / link.removeprefix("https://awaited.example/").partition("#")[0]).is_file()
        whole = ET.fromstring((out / code / "changes.atom").read_bytes())
        assert feed.find(f"{atom}id").text != whole.find(f"{atom}id").text
        assert feed.find(f"{atom}title").text != whole.find(f"{atom}title").text
        assert 'href="../../' + code + '/appeals.atom"' in (out / code / "appeals/index.html").read_text("utf-8")
        assert (
            ".atom"
            not in (out / code / "sites/index.html").read_text("utf-8").partition("<main")[2].partition("</main")[0]
        )
