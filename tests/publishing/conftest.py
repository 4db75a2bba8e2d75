"""A small record with one of everything, hostile texts included, and its published folder."""

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from vestige.entries import (
    BLANK_KEYS,
    Actor,
    Assessment,
    Assessor,
    BandChange,
    DateWindow,
    Disturbance,
    Draft,
    Effect,
    Identifier,
    Key,
    Location,
    Name,
    Observation,
    OriginalGrade,
    Policy,
    Scene,
    Site,
    Source,
    Span,
    Speaker,
    Statement,
    Study,
    StudyFile,
)
from vestige.publishing import LANGUAGES, publish
from vestige.record import Record, make_key, public_text

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> \" ' & \u202egnp.exe\u202c ]]> {{7*7}} </title>"
SECRETS = ("SECRET-ROAD-7", "SECRET-NOTE", "SECRET-NAME", "GONE-WORD", "39.123456", "46.654321", "39.1234", "46.6543")
TEXT = (
    "The ministry published a report.\n\nThe bridge was hit, said Jane Doe, spokeswoman of the Example Council, on Tuesday."
    " “We will rebuild it,” she added.\n\nAnother official denied this: the bridge stands, according to the Other Office.\n"
)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
DRAWING = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what the publisher remembers out of the user's cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


def window(when: str, start: str | None = None, end: str | None = None) -> DateWindow:
    return DateWindow(when=when, start=start, end=end)


def site(*names: tuple[str | None, str], **more) -> Draft:
    return Draft(Site(names=tuple(Name(text=text, language=language) for language, text in names), **more))


def build(path: Path, languages: tuple[str, ...] = ("en", "hy", "ar")) -> tuple[Record, SimpleNamespace]:
    """Make the record and give it with the ids that tests ask for."""
    policy = Policy(
        name="Heritage in conflict: a test record",
        origin="filled.in",
        keys=BLANK_KEYS,
        description=f"For tests. {HOSTILE}",
        balance="Test data only.",
        limits="Not a real record.",
        licence="CC BY 4.0",
        languages=languages,
    )
    record = Record.create(path, policy.name, origin="test.example/heritage", policy=policy)
    ids = SimpleNamespace()
    _sites(record, ids)
    _statements(record, ids)
    _judgements(record, ids)
    _hidden(record, ids)
    return record, ids


def _sites(record: Record, ids: SimpleNamespace) -> None:
    names = (
        ("en", "Old Bridge"),
        ("bs", "Stari most"),
        ("hy", "Հին կամուրջ"),
        ("ar", "الجسر القديم"),
        ("ru", "Старый мост"),
    )
    receipts = record.append(
        site(
            *names,
            location=Location(latitude=43.33727, longitude=17.81503),
            type="bridge",
            countries=("BA",),
            identifiers=(Identifier(scheme="whc", value="946"),),
            designations=("World Heritage",),
            description=f"A bridge over a river. {HOSTILE}",
        ),
        site(
            ("en", "Hidden cave"),
            ("az", "İnli mağara"),
            location=Location(latitude=39.123456, longitude=46.654321),
            sensitivity="sensitive",
            type="cave",
            countries=("AZ", "AM"),
            address="SECRET-ROAD-7",
        ),
        site(
            ("uk", "Преображенський собор"),
            ("en", "Transfiguration Cathedral"),
            location=Location(latitude=46.4825, longitude=30.7311),
            type="cathedral",
            countries=("UA",),
        ),
        site((None, HOSTILE), countries=("SY",), type=HOSTILE, register=HOSTILE),
        site(("en", "Nowhere in particular")),
    )
    ids.bridge, ids.cave, ids.cathedral, ids.hostile, ids.nowhere = (receipt.about for receipt in receipts)
    ids.bridge_entry, ids.cathedral_entry = receipts[0].entry, receipts[2].entry


def _statements(record: Record, ids: SimpleNamespace) -> None:
    ids.file = record.add_file(TEXT.encode())
    report = Source(
        title="Report on the bridge",
        publisher="Example Gazette",
        published="1994-01",
        address="https://example.org/bridge?a=1&b=2",
        language="en",
        file=ids.file,
        file_name="../report <1>.txt",
        media_type="text/plain",
        size=len(TEXT.encode()),
        origin="given by hand",
    )
    bare = Source(
        title=HOSTILE, form="reference", language="hy", publisher="Օրինակ", address="javascript:alert(3)", note=HOSTILE
    )
    sources = record.append(Draft(report), Draft(bare))
    ids.source, ids.bare = sources[0].about, sources[1].about
    ids.source_entry = sources[0].entry
    ids.actor = record.append(Draft(Actor(names=(Name(text="Example Council", language="en"),), type="organisation")))[
        0
    ].about
    at = TEXT.index
    first = Statement(
        source=ids.source,
        content="The bridge was hit",
        manner="indirect",
        speaker=Speaker(name="Jane Doe", role="spokeswoman", organisation="Example Council", actor=ids.actor),
        status="confirmed",
        file=ids.file,
        spans=(Span(start=at("The bridge was"), end=at("The bridge was") + 18),),
        cue="said",
        cue_span=Span(start=at("said"), end=at("said") + 4),
        speaker_span=Span(start=at("Jane"), end=at("Jane") + 8),
        language="en",
        said=window("on", "1993-11-10"),
        sites=(ids.bridge,),
        reader="A. Reader",
        reported_via=(Speaker(organisation="Example Agency"),),
    )
    ids.said = record.append(Draft(first, cites=(ids.source_entry, ids.bridge_entry)))[0].about
    denial = Statement(
        source=ids.source,
        content=f"the bridge stands {HOSTILE}",
        manner="indirect",
        speaker=Speaker(organisation=HOSTILE),
        status="confirmed",
        language="en",
        sites=(ids.bridge,),
        disagrees_with=(ids.said,),
        note=HOSTILE,
    )
    rejected = msgspec.structs.replace(denial, content="a wrong reading", status="rejected", disagrees_with=())
    receipts = record.append(Draft(denial, cites=(ids.source_entry,)), Draft(rejected))
    ids.denied, ids.rejected = receipts[0].about, receipts[1].about


def _key_of_another(record: Record) -> Path:
    """Let a second person sign, since a finding counts persons by their keys."""
    private, file = make_key(record.path / "keys")
    keys = (*record.policy.keys, Key(public=public_text(private), handle="second", role="contributor"))
    entry = record.policy_entry
    record.append(Draft(msgspec.structs.replace(record.policy, keys=keys), entry.about, entry.hash))
    return file


def _judgements(record: Record, ids: SimpleNamespace) -> None:
    def judged(who: str, when: DateWindow, condition: str, **more) -> Draft:
        assessor = Assessor(name=who, organisation=f"Office of {who}")
        body = Assessment(site=ids.bridge, assessor=assessor, window=when, condition=condition, **more)
        return Draft(body, cites=(ids.bridge_entry, ids.source_entry))

    hit = Disturbance(
        cause_category="Military/Armed Conflict",
        cause_type="Explosion/Heavy Weaponry",
        cause_certainty="High",
        effects=(Effect(type="Collapse/Structural Damage", certainty="Definite"), Effect(type="Burning")),
    )
    rebuilt = window("between", "2001-06", "2004-07-23")
    ids.others = others = _key_of_another(record)
    receipts = record.append(
        judged("First", window("before", None, "1992-04"), "Good"),
        judged(
            "First",
            window("on", "1993-11-09"),
            "Destroyed",
            extent="91-100%",
            method="Desk-based Assessment",
            disturbances=(hit,),
        ),
    )
    record.append(
        judged(
            "Second",
            window("on", "1993-11-09"),
            "Destroyed",
            original=OriginalGrade(scheme="unesco", grade="destroyed"),
        ),
        key=others,
    )
    record.append(
        judged(
            "First",
            rebuilt,
            "Good",
            disturbances=(Disturbance(cause_category="Archaeological", cause_type="Reconstruction"),),
        ),
    )
    record.append(judged("Third", rebuilt, "Fair", note=HOSTILE), key=others)
    ids.assessment = receipts[1].about
    single = Assessment(
        site=ids.cathedral,
        assessor=Assessor(name=HOSTILE),
        window=window("between", "2023-07-23", "2023-07-24"),
        condition="Poor",
    )
    record.append(Draft(single))
    before, after = record.add_file(PNG), record.add_file(PNG + b"\n")
    dossier, drawing = record.add_file(gzip.compress(b"dossier", mtime=0)), record.add_file(DRAWING)
    observation = Observation(
        site=ids.cathedral,
        method="forecast test",
        software="vestige 0.1",
        before=window("between", "2023-01-01", "2023-07-20"),
        after=window("between", "2023-07-23", "2023-08-10"),
        p_value=0.003,
        changes=(BandChange(band="VV", decibels=-2.3),),
        last_unchanged="2023-07-21T04:00:00Z",
        first_changed="2023-07-27T04:00:00Z",
        acquisitions_before=30,
        acquisitions_after=3,
        scenes=(Scene(id="OPERA_L2_RTC-S1_example"),),
        figures=(dossier, drawing, before, after),
    )
    abstained = Observation(
        site=ids.cathedral,
        method="forecast test",
        software="vestige 0.1",
        before=window("on", "2022"),
        after=window("on", "2023"),
        abstained="too few acquisitions",
    )
    record.append(Draft(observation), Draft(abstained))
    table = record.add_file(b"a,b\n1,2\n")
    study = Study(
        title="A study",
        question=HOSTILE,
        method="M",
        result="An association",
        limits="L",
        software="v",
        files=(StudyFile(name="table.csv", file=table, media_type="text/csv"),),
        citations=("Someone 2020",),
    )
    ids.study = record.append(Draft(study))[0].about


def _hidden(record: Record, ids: SimpleNamespace) -> None:
    """Enter what must never be published: a withheld body, a withheld file, a withdrawn body."""
    person = Source(title="SECRET-NAME", form="reference", note="SECRET-NOTE")
    record.append(Draft(person, visibility="withheld"))
    file = record.add_file(b"SECRET-NOTE in a file", withheld=True)
    record.append(Draft(Source(title="Kept back", file=file, media_type="text/plain")))
    gone = record.append(Draft(Source(title="GONE-WORD", form="reference")))[0]
    ids.gone = gone.about
    record.withdraw(gone.entry, "It could hurt somebody")


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """The record, its ids and its published folder; to be read only."""
    base = tmp_path_factory.mktemp("published")
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(base / "cache"))
    record, ids = build(base / "record", LANGUAGES)
    ids.result = publish(record, base / "out")
    ids.record, ids.out = record, base / "out"
    yield ids
    record.close()
    patch.undo()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[SimpleNamespace]:
    """A record of one's own, in two languages, with the folder to publish it into."""
    record, ids = build(tmp_path / "record", ("en", "ar"))
    ids.record, ids.out = record, tmp_path / "out"
    yield ids
    record.close()


def files_of(root: Path) -> dict[str, bytes]:
    """Give every file of a folder by its path."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def site_of(root: Path) -> dict[str, bytes]:
    """Give every file of a folder by its path as one would be that was published at this size alone: without the narrower tiles of earlier sizes.

    Those are required to begin as the tile of this size does and to be listed with their hashes. The manifest is given by its lines, since its
    signatures are over all of them.
    """
    files = files_of(root)
    lines = set(files["manifest"].partition(b"\n\n")[0].split(b"\n"))
    for path, folder, width in [(path, *path.rsplit(".p/", 1)) for path in files if ".p/" in path]:
        widest = max(int(other.rsplit(".p/", 1)[1]) for other in files if other.startswith(f"{folder}.p/"))
        if int(width) == widest:
            continue
        data = files.pop(path)
        assert files[f"{folder}.p/{widest}"].startswith(data)
        lines.remove(f"{hashlib.sha256(data).hexdigest()}  {path}".encode())
    return {**files, "manifest": b"\n".join(sorted(lines))}
