"""Drafts of invitations: an outbox that only its owner reads, calendars that ask for an answer, no place and no address elsewhere."""

import datetime as dt
import stat

import pytest
from icalendar import Calendar
from tests.publishing.conftest import files_of

from vestige.entries import Actor, DateWindow, Draft, Name, Site, Speaker
from vestige.entries.acts import Funding, Invitation, Planned, Visit
from vestige.errors import InputError
from vestige.keeping.acts import draft_invitation

ADDRESSES = {"to": "guest@embassy.example", "sender": "desk@host.example"}


def _invite(record, channel="note"):
    host = record.append(Draft(Actor(names=(Name(text="Samplehost"),), type="organisation")))[0].about
    site = record.append(Draft(Site(names=(Name(text="Samplebridge"),), type="bridge")))[0].about
    visit = Visit(
        titles=(Name(text="Samplevisit"),), hosts=(host,), purpose="To see what stands.", embargo="2999-10-10",
        window=DateWindow(when="between", start="2999-10-01", end="2999-10-03"), funding=(Funding(by="not disclosed"),),
        planned=(Planned(site=site),),
    )  # fmt: skip
    about = record.append(Draft(visit, visibility="withheld"))[0].about
    body = Invitation(visit=about, invitee=Speaker(name="Sampleguest"), category="diplomat", channel=channel)
    return record.append(Draft(body, visibility="withheld"))[0].about


@pytest.mark.parametrize(
    ("channel", "words"), [("note", "presents its compliments"), ("letter", "Yours sincerely"), ("mail", "pending")]
)
def test_a_draft_has_the_form_of_its_channel_and_cites_what_it_rests_on(record, tmp_path, channel, words):
    text, _ = draft_invitation(record, _invite(record, channel), tmp_path / "outbox", **ADDRESSES)
    written = text.read_text("utf-8")
    for expected in (
        words,
        "Samplehost",
        "Sampleguest",
        "Samplebridge (site:",
        "Who pays: not disclosed",
        "Terms of the visit: entry ",
    ):
        assert expected in written
    assert ("Dear" in written) == (channel != "note")


def test_a_calendar_asks_that_one_guest_for_an_answer_and_names_no_place(record, tmp_path):
    _, file = draft_invitation(record, _invite(record), tmp_path / "outbox", **ADDRESSES)
    calendar = Calendar.from_ical(file.read_bytes())
    (event,) = calendar.walk("VEVENT")
    assert calendar["method"] == "REQUEST"
    assert event["attendee"] == "mailto:guest@embassy.example"
    assert (event["attendee"].params["PARTSTAT"], event["attendee"].params["RSVP"]) == ("NEEDS-ACTION", "TRUE")
    assert (event["dtstart"].dt, event["dtend"].dt) == (dt.date(2999, 10, 1), dt.date(2999, 10, 4))
    assert not {"LOCATION", "GEO", "DESCRIPTION"} & event.keys()
    assert event.errors == []


def test_only_the_owner_reads_it_and_no_address_enters_the_record(record, tmp_path):
    files = draft_invitation(record, _invite(record), tmp_path / "outbox", **ADDRESSES)
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert [name for name, content in files_of(record.path).items() if b"embassy.example" in content] == []


def test_nothing_is_written_over_and_what_cannot_be_sent_so_is_refused(record, tmp_path):
    invitation = _invite(record)
    draft_invitation(record, invitation, tmp_path / "outbox", **ADDRESSES)
    with pytest.raises(InputError, match="no draft of this invitation yet"):
        draft_invitation(record, invitation, tmp_path / "outbox", **ADDRESSES)
    with pytest.raises(InputError, match="oral"):
        draft_invitation(record, _invite(record, "oral"), tmp_path / "outbox", **ADDRESSES)
    with pytest.raises(InputError, match="address of mail"):
        draft_invitation(record, invitation, tmp_path / "other", to="a@b\nBCC:x@y", sender="desk@host.example")
