"""Answers to invitations: the guest's own only when everything fits, otherwise pending; and the record withholds what may not be public yet."""

import datetime as dt

import dkim
import msgspec
import pytest
from icalendar import Calendar
from tests.keeping.test_crowd import PEM, ZONE
from tests.keeping.test_drafts import _invite

from vestige.entries import Draft, Speaker
from vestige.entries.acts import Invitation
from vestige.errors import InputError
from vestige.keeping.acts import answer_invitation, draft_invitation
from vestige.keeping.finding import find_entry

GUEST = "guest@mail.example"


@pytest.fixture
def asked(record, tmp_path):
    """An invitation by mail, drafted; give the record, the outbox and what a guest's calendar answers."""
    draft_invitation(record, _invite(record, "mail"), tmp_path / "outbox", to=GUEST, sender="desk@host.example")
    (file,) = (tmp_path / "outbox").glob("*.ics")
    calendar = Calendar.from_ical(file.read_bytes())
    calendar["method"] = "REPLY"
    return record, tmp_path / "outbox", calendar


def reply(tmp_path, calendar, state="ACCEPTED", sender=GUEST, day=1, signed=True):
    """Write the guest's mail with the calendar answer."""
    text = calendar.to_ical().decode().replace("PARTSTAT=NEEDS-ACTION", f"PARTSTAT={state}")
    when = dt.datetime(2026, 11, day, 10, tzinfo=dt.UTC)
    message = (
        f"From: {sender}\r\nTo: desk@host.example\r\nSubject: Re\r\nDate: {when:%a, %d %b %Y %H:%M:%S +0000}\r\n"
        f"Message-ID: <{day}@mail.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n{text}"
    ).encode()
    heads = [b"from", b"to", b"subject", b"date", b"message-id"]
    signature = dkim.sign(message, b"s1", sender.partition("@")[2].encode(), PEM, include_headers=heads)
    path = tmp_path / "reply.eml"
    path.write_bytes(signature + message if signed else message)
    return path


def test_the_guests_own_answer_is_entered_and_a_later_one_replaces_it_but_not_an_earlier(asked, tmp_path):
    record, outbox, calendar = asked
    first = reply(tmp_path, calendar, day=2)
    kept = first.read_bytes()
    done = answer_invitation(record, first, outbox, ZONE.get)
    assert (done.answer, done.why) == ("accepted", None)
    later = answer_invitation(record, reply(tmp_path, calendar, "DECLINED", day=3), outbox, ZONE.get)
    assert later.answer == "declined"
    first.write_bytes(kept)
    replayed = answer_invitation(record, first, outbox, ZONE.get)
    assert (replayed.receipt, replayed.answer) == (None, "declined") and "not newer" in replayed.why
    body = find_entry(record, done.invitation).body
    assert (body.answer, body.answered, len(body.evidence)) == ("declined", "2026-11-03", 2)


def test_an_answer_from_before_the_invitation_is_pending(asked, tmp_path):
    record, outbox, calendar = asked
    (about,) = (f"invitation:{file.stem.removeprefix('invitation-')}" for file in outbox.glob("*.ics"))
    entry = find_entry(record, about)
    later = msgspec.structs.replace(entry.body, sent="2026-12-01")
    record.append(Draft(later, entry.about, entry.hash, entry.envelope.cites, "withheld"))
    done = answer_invitation(record, reply(tmp_path, calendar), outbox, ZONE.get)
    assert done.answer == "pending" and "before that of the invitation" in done.why


def altered(calendar, name, value):
    event = calendar.walk("VEVENT")[0]
    del event[name]
    event.add(name, value)
    return calendar


@pytest.mark.parametrize(
    ("change", "options", "says"),
    [
        (lambda calendar: calendar, {"sender": "other@mail.example"}, "came from another address"),
        (lambda calendar: altered(calendar, "attendee", "mailto:other@mail.example"), {}, "for another address"),
        (lambda calendar: altered(calendar, "sequence", 3), {}, "another version"),
        (lambda calendar: calendar, {"signed": False}, "no domain signed it"),
        (lambda calendar: calendar, {"state": "TENTATIVE"}, "neither accepts nor declines"),
    ],
)
def test_anything_else_is_pending_with_one_line_why_and_no_address(asked, tmp_path, change, options, says):
    record, outbox, calendar = asked
    done = answer_invitation(record, reply(tmp_path, change(calendar), **options), outbox, ZONE.get)
    assert done.answer == "pending" and says in done.why
    assert "\n" not in done.why and "@" not in done.why


def test_an_answer_to_another_visit_and_no_answer_at_all_get_one_line(asked, tmp_path):
    record, outbox, calendar = asked
    with pytest.raises(InputError, match="got one to another"):
        answer_invitation(record, reply(tmp_path, altered(calendar, "uid", "other@host.example")), outbox, ZONE.get)
    plain = tmp_path / "plain.eml"
    plain.write_text("From: a@mail.example\n\nYes!")
    with pytest.raises(InputError, match="calendar file"):
        answer_invitation(record, plain, outbox, ZONE.get)
    (request,) = outbox.glob("*.ics")
    with pytest.raises(InputError, match="METHOD:REPLY, got REQUEST"):
        answer_invitation(record, request, outbox, ZONE.get)
    request.write_text("BEGIN:VCALENDAR\nnonsense")
    with pytest.raises(InputError, match="calendar file"):
        answer_invitation(record, request, outbox, ZONE.get)


def test_the_record_withholds_an_invitation_and_a_visit_under_embargo_whatever_was_asked(record, tmp_path):
    invitation = find_entry(record, _invite(record)).body
    visit = find_entry(record, invitation.visit).body
    body = Invitation(visit=invitation.visit, invitee=Speaker(name="Planted"), category="media", channel="oral")
    for one in (body, visit):
        (receipt,) = record.append(Draft(one, visibility="public"))
        assert record.index.entry(receipt.entry).envelope.visibility == "withheld"
