"""What becomes of an appeal: composed with its files or not at all, sent, answered, overdue, stale, followed up."""

import datetime as dt
import os
import signal
import subprocess
import sys

import msgspec
import pytest

from tests.appealing.conftest import drafted, signatory, site, written
from tests.appealing.samples import run, sample
from vestige.appealing import Paragraph, Section
from vestige.appealing._errors import AppealError, DraftError
from vestige.appealing.documents import render_calendar, render_docx
from vestige.appealing.drafting import fill_draft, read_draft, write_draft
from vestige.entries import Appeal, Draft, Statement, files_of
from vestige.errors import InputError
from vestige.example import build_example
from vestige.keeping.appeals import (
    CheckFailed,
    compose_appeal,
    draft_update,
    enter_dispatch,
    enter_recorded,
    enter_reply,
    listed,
    recompose_appeal,
    settle,
    sign_draft,
)
from vestige.procedures.following import deadline, due
from vestige.procedures.forms import form
from vestige.record import Record, RecordReader, make_key

TODAY = dt.datetime.now(dt.UTC).date()


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """Give a record of its own, since these tests write."""
    from vestige.entries import Actor, Name

    with build_example(tmp_path_factory.mktemp("follow") / "record") as opened:
        opened.append(Draft(Actor(names=(Name(text="Sample Heritage Association"),), type="organisation")))
        yield opened


def composed(record: Record, folder, form_id="unesco-dg", name="Ghazanchetsots"):
    draft = fill_draft(
        form(form_id), record, sites=[site(record, name)], signatory=signatory(record), language="en", date=TODAY
    )
    return compose_appeal(record, write_draft(written(draft)), folder, today=TODAY, where="draft")


def state(record, about, today=TODAY):
    return next(one.progress for one in listed(record, today=today) if one.entry.about == about)


@pytest.mark.slow
def test_an_appeal_goes_its_way(own, tmp_path):
    pytest.importorskip("typst")
    made = composed(own, tmp_path / "out")
    about = made.receipt.about
    body = own.index.current(about).body
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"bundle.zip", *(one.name for one in body.documents)}
    assert all(own.files.holds(name) for name in files_of(body))
    assert all(recompose_appeal(own, about).values())
    assert state(own, about).state == "composed"
    enter_dispatch(own, about, when=TODAY.isoformat(), means="post", to="Paris", today=TODAY)
    assert state(own, about).state == "sent"
    with pytest.raises(AppealError, match="ahead"):
        enter_dispatch(own, about, when="2999-01-01", means="post", to="Paris", today=TODAY)
    letter = tmp_path / "letter.txt"
    letter.write_text("We have received your letter. UNESCO said that it will look into the matter.")
    first = enter_reply(
        own, about, str(letter), sender="UNESCO", received=TODAY.isoformat(), kind="acknowledgement", today=TODAY
    )
    assert own.index.current(first.source).body.nature == "letter"
    assert state(own, about).state == "acknowledged"
    with pytest.raises(AppealError, match="already"):
        enter_reply(
            own,
            about,
            str(letter),
            sender="UNESCO",
            received=TODAY.isoformat(),
            kind="comment",
            today=TODAY,
            another=True,
        )
    letter.write_text("A second letter of the same day.")
    with pytest.raises(AppealError, match="--another"):
        enter_reply(own, about, str(letter), sender="UNESCO", received=TODAY.isoformat(), kind="decision", today=TODAY)
    enter_reply(
        own,
        about,
        str(letter),
        sender="UNESCO",
        received=TODAY.isoformat(),
        kind="decision",
        outcome="partly",
        today=TODAY,
        another=True,
    )
    assert (state(own, about).state, state(own, about).outcome) == ("answered", "partly")
    with pytest.raises(AppealError, match="nothing"):
        draft_update(own, about, date=TODAY)
    said = next(e for e in own.index.of_site(body.sites[0], "statement") if isinstance(e.body, Statement))
    against = msgspec.structs.replace(
        said.body, content="it was not so", spans=(), file=None, disagrees_with=(said.about,)
    )
    (new,) = own.append(Draft(against, cites=said.envelope.cites))
    own.withdraw(next(e for e in own.index.of_site(body.sites[0], "assessment")).hash, "entered in error")
    progress = state(own, about)
    assert progress.stale
    assert [change.what for change in progress.changes[:2]] == ["withdrawn", "against"]
    follow = draft_update(own, about, date=TODAY)
    assert follow.succeeds == about
    assert follow.part[0].field == "update"
    assert follow.part[0].paragraph[0].sentence == "withdrawn"
    assert any(new.entry in one.cites for one in follow.part[0].paragraph)
    assert own.index.current(about).body == body


@pytest.mark.slow
def test_a_killed_composition_leaves_no_file_without_an_appeal(own, tmp_path):
    pytest.importorskip("typst")
    before = set(own.files.walk())
    settle(own)
    draft = fill_draft(
        form("unesco-dg"), own, sites=[site(own, "Dresden")], signatory=signatory(own), language="en", date=TODAY
    )
    file = tmp_path / "draft.toml"
    file.write_bytes(write_draft(written(draft)))
    script = (
        "import os, signal, sys, datetime as dt\nfrom pathlib import Path\nfrom vestige.record import Record\n"
        "from vestige.keeping.appeals import compose_appeal\n"
        "record = Record.open(Path(sys.argv[1]), withheld=True)\n"
        "record.append = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "compose_appeal(record, Path(sys.argv[2]).read_bytes(), Path(sys.argv[3]), today=dt.datetime.now(dt.UTC).date(), where='x')\n"
    )
    size = own.checkpoint.size
    done = subprocess.run([sys.executable, "-c", script, own.path, file, tmp_path / "out"], check=False, env=os.environ)
    assert done.returncode == -signal.SIGKILL
    assert own.checkpoint.size == size
    assert set(own.files.walk()) > before
    settle(own)
    assert set(own.files.walk()) == before


def test_a_draft_with_an_error_is_not_entered(own, tmp_path):
    draft = fill_draft(
        form("unesco-dg"), own, sites=[site(own, "Dresden")], signatory=signatory(own), language="en", date=TODAY
    )
    size = own.checkpoint.size
    with pytest.raises(CheckFailed):
        compose_appeal(own, write_draft(draft), tmp_path / "out", today=TODAY, where="draft")
    assert own.checkpoint.size == size
    assert not (tmp_path / "out").exists()


def test_anothers_appeal_is_recorded_from_a_heading_or_from_what_is_given(own, tmp_path):
    article = tmp_path / "article.txt"
    article.write_text("Culture News\nRuritania sends appeal to UNESCO\n\nRuritania has sent an appeal.\n")
    made = enter_recorded(own, str(article))
    body = own.index.current(made.about).body
    assert isinstance(body, Appeal)
    assert (body.senders[0].name, body.addressees[0].name, body.text_seen) == ("Ruritania", "UNESCO", False)
    assert state(own, made.about).state == "recorded"
    with pytest.raises(AppealError, match="already"):
        enter_recorded(own, str(article))
    with pytest.raises(AppealError, match="composed"):
        enter_dispatch(own, made.about, when=TODAY.isoformat(), means="post", to="x", today=TODAY)
    article.write_text("Nothing of the kind.")
    with pytest.raises(AppealError, match="--from"):
        enter_recorded(own, str(article))


def test_letters_that_cannot_be_read_or_are_too_large_are_refused_in_one_line(own, tmp_path):
    article = tmp_path / "article.txt"
    article.write_text("Sylvania sends appeal to UNESCO\n")
    about = enter_recorded(own, str(article)).about
    scan, large = tmp_path / "scan.pdf", tmp_path / "large.txt"
    scan.write_bytes(_pages_without_text())
    large.write_bytes(b"x" * 26_000_000)
    given = {"sender": "UNESCO", "received": TODAY.isoformat(), "kind": "comment", "today": TODAY}
    size = own.checkpoint.size
    for letter, says in ((scan, "scan"), (large, "25000000")):
        with pytest.raises(InputError, match=says):
            enter_reply(own, about, str(letter), **given)
    with pytest.raises(InputError):
        enter_reply(own, "appeal:aaaaaaaaaaaaaaaa", str(scan), **given)
    with pytest.raises(AppealError, match="due"):
        enter_reply(own, about, str(scan), **(given | {"kind": "extension"}))
    assert own.checkpoint.size == size


def _pages_without_text():
    import io

    import pypdf

    writer, file = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=200, height=200)
    writer.write(file)
    return file.getvalue()


def test_a_letter_in_a_form_of_documents_is_read_and_statements_are_proposed(own, tmp_path):
    article, letter = tmp_path / "article.txt", tmp_path / "letter.docx"
    article.write_text("Freedonia sends appeal to UNESCO\n")
    about = enter_recorded(own, str(article)).about
    text = "Ernesto Ottone of UNESCO said that the roof of the hall was damaged. A mission will be sent."
    section = Section(id="answer", heading="Answer", paragraphs=(Paragraph(kind="note", runs=(run(text, "en"),)),))
    letter.write_bytes(render_docx(sample(sections=(section,), annexes=())))
    given = {"sender": "UNESCO", "received": TODAY.isoformat(), "kind": "acknowledgement", "today": TODAY}
    replied = enter_reply(own, about, str(letter), **given)
    with RecordReader(own.path, withheld=True) as keeper:
        proposed = [entry.body for entry in keeper.index.of_source(replied.source)]
    assert replied.proposed == len(proposed) > 0
    assert {body.status for body in proposed} == {"candidate"}
    assert any("roof of the hall" in body.content for body in proposed)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing to read")
    size = own.checkpoint.size
    with pytest.raises(InputError, match="cannot be read") as caught:
        enter_reply(own, about, str(broken), **given, another=True)
    assert "\n" not in str(caught.value)
    assert own.checkpoint.size == size
    kept = enter_reply(own, about, str(broken), **given, another=True, scanned=True)
    assert kept.proposed == 0
    assert own.files.read(own.index.current(kept.source).body.file) == broken.read_bytes()


def test_a_signature_ends_with_the_text_that_it_signed(record, tmp_path):
    draft = drafted(record, "unesco-dg", "Dresden")
    file, _ = make_key(tmp_path)[1], None
    key = next(tmp_path.glob("*.key")) if not hasattr(file, "exists") else file
    signed = sign_draft(write_draft(draft), "Sample Heritage Association", key, where="draft")
    from vestige.appealing.checking import signed_by

    assert signed_by(signed) == ("Sample Heritage Association",)
    assert signed_by(read_draft(write_draft(signed))) == ("Sample Heritage Association",)
    assert signed_by(msgspec.structs.replace(signed, title="Another")) == ()
    with pytest.raises(DraftError, match="signatory"):
        sign_draft(write_draft(draft), "Nobody", key, where="draft")


@pytest.mark.parametrize(
    ("form_id", "at", "start", "day"),
    [
        ("hague-ep", 0, "2026-01-31", "2026-04-01"),
        ("op-icescr", 0, "2024-02-29", "2025-02-28"),
        ("op-icescr", 1, "2026-08-31", "2027-02-28"),
        ("whc-ia", 0, "2026-12-04", "2026-12-18"),
    ],
)
def test_a_clock_gives_its_day_and_says_why(form_id, at, start, day):
    found = form(form_id)
    clock, first = found.clock[at], dt.date.fromisoformat(start)
    assert due(clock, first).isoformat() == day
    shown = deadline(found, clock, first)
    assert shown.day == day
    assert start in shown.rule
    assert str(clock.length) in shown.rule
    moved = deadline(found, clock, first, dt.date(2030, 1, 1))
    assert moved.day == "2030-01-01"
    assert day in moved.rule
    assert deadline(found, clock, None).day is None


def test_a_rough_time_and_none_make_no_day_and_are_told_in_words():
    found, start = form("unesco-104"), dt.date(2026, 11, 30)
    about = deadline(found, found.clock[0], start)
    assert about.day is None
    assert "about 3 months" in about.rule
    assert "about 2027-02" in about.rule
    silent = msgspec.structs.replace(found.clock[0], length=None, about=False)
    assert due(silent, start) is None
    told = deadline(found, silent, start)
    assert (told.day, "no length of time" in told.rule) == (None, True)
    assert deadline(found, silent, start, dt.date(2027, 5, 1)).day == "2027-05-01"
    assert render_calendar(sample(deadlines=(about, told))) is None
    dated = deadline(form("hague-ep"), form("hague-ep").clock[0], start)
    assert render_calendar(sample(deadlines=(about, dated))).count(b"BEGIN:VEVENT") == 1
