import pytest

from vestige.entries import (
    Assessment,
    Assessor,
    DateWindow,
    Draft,
    Identifier,
    Location,
    Name,
    Site,
    Source,
    Speaker,
    Statement,
)
from vestige.record import Record


def site(number, name=None):
    return Site(
        names=(Name(text=name or f"Site {number}", language="en"), Name(text=f"Վայր {number}", language="hy")),
        location=Location(latitude=number % 180 - 89.5, longitude=number % 360 - 179.5),
        identifiers=(Identifier(scheme="test", value=str(number)),),
    )


@pytest.fixture
def record(tmp_path):
    with Record.create(tmp_path / "record", "Test record") as record:
        yield record


@pytest.fixture
def full(record):
    """A record with an entry of most kinds, a withheld one, a withdrawn one and a preserved file."""
    places = record.append(*(Draft(site(number)) for number in range(20)))
    file = record.add_file(b"The minister said that nothing was left.")
    (source,) = record.append(Draft(Source(title="A text", file=file, origin="handed over by its author")))
    statement = Statement(
        source=source.about, content="nothing was left", manner="indirect", speaker=Speaker(name="The minister"), status="confirmed",
        file=file, sites=(places[0].about,),
    )  # fmt: skip
    record.append(Draft(statement, cites=(source.entry,)))
    record.append(Draft(statement, cites=(source.entry,), visibility="withheld"))
    window = DateWindow(when="on", start="2020-11")
    for name, condition in (("A", "Destroyed"), ("B", "Poor")):
        record.append(
            Draft(Assessment(site=places[0].about, assessor=Assessor(name=name), window=window, condition=condition))
        )
    record.withdraw(places[5].entry, "entered twice")
    return record
