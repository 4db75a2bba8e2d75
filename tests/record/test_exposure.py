"""Exact places that must not be told are remembered from append to append, and never told for that."""

import msgspec
import pytest

from tests.preserved import place_of
from vestige.entries import Draft, Location, Name, Site, Source
from vestige.record import Record, RecordError, verify_record
from vestige.record._exposure import protected_places

PLACES = [(39.76123, 46.74987), (40.21234, 45.14321), (41.51111, 44.52222)]


def cave(place, **fields):
    return Site(
        names=(Name(text="A cave"),),
        location=Location(latitude=place[0], longitude=place[1]),
        sensitivity="sensitive",
        **fields,
    )


def telling(place):
    return Draft(Source(title=f"Found at {place[0]}, {place[1]}", form="reference"))


def refused(record, *drafts):
    with pytest.raises(RecordError, match="tells where a sensitive site lies"):
        record.append(*drafts)
    return True


def agrees(record):
    """Whether what is remembered protects the places that the index, which is asked anew, gives."""
    fresh = protected_places(record.index, record.policy)
    kept = record._places.at(record.checkpoint, record.policy, lambda: record.index)
    return [fresh.betrayed_by(f"{north}, {east}") for north, east in PLACES] == [
        kept.betrayed_by(f"{north}, {east}") for north, east in PLACES
    ]


def test_a_place_is_protected_from_the_batch_that_brings_it(record):
    assert refused(record, Draft(cave(PLACES[0])), telling(PLACES[0]))
    record.append(telling(PLACES[0]))  # nothing of the batch that was refused is remembered
    record.append(Draft(cave(PLACES[1])))
    assert refused(record, telling(PLACES[1]))
    record.append(Draft(msgspec.structs.replace(cave(PLACES[2]), sensitivity="open"), visibility="withheld"))
    assert refused(record, telling(PLACES[2]))
    assert agrees(record)


def test_a_place_that_another_writer_brings_is_protected(record):
    record.append(telling(PLACES[0]))
    with Record.open(record.path) as other:
        other.append(Draft(cave(PLACES[1])))
    assert refused(record, telling(PLACES[1]))


def test_a_place_is_free_again_when_its_site_is_withdrawn_or_opened(record):
    (site,) = record.append(Draft(cave(PLACES[0])))
    (other,) = record.append(Draft(msgspec.structs.replace(cave(PLACES[1]), sensitivity="open"), visibility="withheld"))
    assert refused(record, telling(PLACES[0]))
    assert refused(record, telling(PLACES[1]))
    record.withdraw(site.entry, "entered by mistake")
    record.open_entry(other.entry)
    record.append(telling(PLACES[0]), telling(PLACES[1]))
    assert agrees(record)


def test_appends_leave_the_index_behind(record):
    record.append(Draft(cave(PLACES[0])))
    size = record._index.size
    for place in PLACES[1:]:
        record.append(Draft(cave(place)))
        record.append(Draft(Source(title="A text", form="reference")))
    assert record._index.size < size + 2
    assert agrees(record)


def withheld_file(record, text):
    name = record.add_file(text.encode(), withheld=True)
    source = Source(title="A letter", file=name, origin="handed over by its author")
    return name, record.append(Draft(source, visibility="withheld"))[0]


def test_a_file_of_an_opened_body_becomes_public(record):
    name, source = withheld_file(record, "The mill stood until May.")
    assert not place_of(record, name).exists()
    record.open_entry(source.entry)
    assert place_of(record, name).read_bytes() == b"The mill stood until May."
    assert not place_of(record, name, withheld=True).exists()
    assert verify_record(record.path).unchanged


def test_what_a_killed_opening_left_is_done_by_the_next_writer(record):
    name, source = withheld_file(record, "The mill stood until May.")
    record.open_entry(source.entry)
    hidden = place_of(record, name, withheld=True)
    hidden.parent.mkdir(parents=True, exist_ok=True)
    place_of(record, name).rename(hidden)
    with Record.open(record.path) as other:
        other.settle()
    assert place_of(record, name).is_file()


def test_a_file_that_tells_a_sensitive_place_is_not_opened(record):
    record.append(Draft(cave(PLACES[0])))
    name, source = withheld_file(record, f"We met at {PLACES[0][0]}, {PLACES[0][1]}.")
    with pytest.raises(RecordError, match="tells where a sensitive site lies"):
        record.open_entry(source.entry)
    assert not place_of(record, name).exists()
    assert not record.index.entry(source.entry).opened
