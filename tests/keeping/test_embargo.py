"""A visit published daily before and after its embargo: no byte of the plan before; after, the body that was committed to earlier, and the old checkpoint still holds."""

import datetime as dt

import pytest

from vestige.entries import Actor, DateWindow, Draft, Name, Speaker
from vestige.entries.acts import Funding, Invitation, Visit, withheld_why
from vestige.publishing import publish, verify_site
from vestige.record import Record, RecordError

TITLE, PURPOSE = "Planted visit", "To see the planted bridge."


@pytest.fixture
def record(tmp_path, monkeypatch):
    monkeypatch.setenv("VESTIGE_CACHE", str(tmp_path / "cache"))
    Record.create(tmp_path / "record", "Visits", origin="test.example/visits").close()
    with Record.open(tmp_path / "record", withheld=True) as made:
        yield made


def plan(record, ended):
    """Give a visit that ended so many days ago (or is still to come), with the least embargo."""
    (host,) = record.append(Draft(Actor(names=(Name(text="Host"),), type="organisation")))
    end = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=ended)
    return Visit(
        titles=(Name(text=TITLE),), hosts=(host.about,), purpose=PURPOSE, window=DateWindow(when="on", start=end.isoformat()),
        embargo=(end + dt.timedelta(days=7)).isoformat(), funding=(Funding(by="not disclosed"),),
    )  # fmt: skip


def told(site):
    return [path for path in site.rglob("*") if path.is_file() and b"lanted" in path.read_bytes()]


def test_nothing_is_told_before_and_afterwards_the_plan_that_was_committed_to(record, tmp_path):
    visit = plan(record, ended=8)  # its embargo ended yesterday; it was entered withheld, as on every day before
    (entered,) = record.append(Draft(visit, visibility="withheld"))
    site = tmp_path / "site"
    for _day in range(2):
        publish(record, site, workers=1)
        assert told(site) == []
    before = (site / "ledger/checkpoint").read_bytes()
    record.open_entry(entered.entry)
    publish(record, site, workers=1)
    assert told(site)
    report = verify_site(str(site), since=(before,))
    assert report.unchanged
    entry = record.index.entry(entered.entry)
    assert (entry.opened, entry.body.purpose) == (True, PURPOSE) and entry.index < int(before.split(b"\n")[1])


def test_an_opening_that_comes_too_early_is_refused(record):
    visit = plan(record, ended=-3)
    (entered,) = record.append(Draft(visit, visibility="withheld"))
    guest = Invitation(visit=entered.about, invitee=Speaker(name="Planted"), category="media", channel="oral")
    (invited,) = record.append(Draft(guest, visibility="withheld"))
    size = record.checkpoint.size
    for name, says in ((entered.entry, "embargo lasts until"), (invited.entry, "names a person")):
        with pytest.raises(RecordError, match=says):
            record.open_entry(name)
    assert record.checkpoint.size == size
    assert withheld_why(visit, dt.date.fromisoformat(visit.embargo)) is None
