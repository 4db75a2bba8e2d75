"""Dialogues for calendars and other catalogues: schema.org events, Linked Art activities, and a calendar file. Each file is whole in itself.

schema.org knows who attends and not who stayed away, so participations are left to the parties table; what organisers claim is left out of
all three, as it is a statement.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from icalendar import Calendar, Event

from vestige.entries import Name
from vestige.entries.acts import Gathering
from vestige.publishing.kinds._site_linked_art import CONTEXT, urn

FILES = ("data/dialogues.jsonld", "data/dialogues-linked-art.jsonld", "data/dialogues.ics")
_STATUS = {"cancelled": "EventCancelled", "moved": "EventRescheduled", "online": "EventMovedOnline"}
_PARTS = {"organised": "organizer", "paid": "funder"}

Gatherings = Sequence[tuple[str, Gathering, str]]
"""Each public dialogue: its id, its body, and when its entry was made."""


def events_of(gatherings: Gatherings, origin: str) -> tuple[bytes, bytes, bytes]:
    """Give the three files, in the order of `FILES`."""
    events = [event_of(about, body, origin) for about, body, _ in gatherings]
    activities = [_activity(about, body, origin) for about, body, _ in gatherings]
    context = {**CONTEXT, "Activity": "crm:E7_Activity", "part_of": {"@id": "crm:P9i_forms_part_of", "@type": "@id"}}
    return (
        msgspec.json.encode({"@context": {"@vocab": "https://schema.org/"}, "@graph": events}) + b"\n",
        msgspec.json.encode({"@context": context, "@graph": activities}) + b"\n",
        _calendar(gatherings, origin),
    )


def names_as_json(names: Iterable[Name]) -> list[dict[str, str]]:
    """Give names as JSON-LD values, each with its language where it has one."""
    return [
        {"@value": name.text, "@language": name.language} if name.language else {"@value": name.text} for name in names
    ]


def event_of(about: str, body: Gathering, origin: str) -> dict[str, Any]:
    """Give a dialogue as a schema.org `Event` or `EventSeries`, without its context."""
    event: dict[str, Any] = {
        "@id": urn(origin, about),
        "@type": "EventSeries" if body.level == "series" else "Event",
        "name": names_as_json(body.names),
        "eventStatus": {"@id": f"https://schema.org/{_STATUS.get(body.status, 'EventScheduled')}"},
    }
    first, last = body.window.bounds() if body.window else (None, None)
    if first:
        event["startDate"] = first.isoformat()
    if last:
        event["endDate"] = last.isoformat()
    if body.part_of:
        event["superEvent"] = {"@id": urn(origin, body.part_of)}
    if body.place:
        event["location"] = {"@type": "Place", "name": body.place.name}
    for role in body.roles:
        if role.part in _PARTS and role.by != "not disclosed":
            event.setdefault(_PARTS[role.part], []).append({"@type": "Organization", "name": role.by})
    return event


def _activity(about: str, body: Gathering, origin: str) -> dict[str, Any]:
    activity: dict[str, Any] = {
        "id": urn(origin, about),
        "type": "Activity",
        "_label": body.names[0].text,
        "identified_by": [{"type": "Name", "content": name.text} for name in body.names],
        "carried_out_by": [{"type": "Actor", "_label": role.by} for role in body.roles if role.part == "organised"],
    }
    first, last = body.window.bounds() if body.window else (None, None)
    if first and last:
        begin, end = f"{first.isoformat()}T00:00:00Z", f"{last.isoformat()}T23:59:59Z"
        activity["timespan"] = {"type": "TimeSpan", "begin_of_the_begin": begin, "end_of_the_end": end}
    if body.part_of:
        activity["part_of"] = urn(origin, body.part_of)
    return activity


def _calendar(gatherings: Gatherings, origin: str) -> bytes:
    """Give events and sessions with days as whole days (RFC 5545); a series has none of its own."""
    calendar = Calendar()
    calendar.add("prodid", "-//Vestige//EN")
    calendar.add("version", "2.0")
    for about, body, made in gatherings:
        first, last = body.window.bounds() if body.window else (None, None)
        if first is None or last is None or body.level == "series":
            continue
        event = Event()
        event.add("uid", f"{about.partition(':')[2]}@{origin.partition('/')[0]}")
        event.add("dtstamp", dt.datetime.fromisoformat(made).astimezone(dt.UTC))
        event.add("dtstart", first)
        event.add("dtend", last + dt.timedelta(days=1))
        event.add("summary", body.names[0].text)
        event.add("status", "CANCELLED" if body.status == "cancelled" else "CONFIRMED")
        if body.place:
            event.add("location", body.place.name)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
