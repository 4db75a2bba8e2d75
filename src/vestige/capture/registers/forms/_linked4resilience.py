"""Linked4Resilience: damaged cultural sites in Ukraine."""

from vestige.capture.registers._coordinates import location_of
from vestige.capture.registers._errors import RowRefused
from vestige.capture.registers._names import language_of, named, names
from vestige.capture.registers._rows import Row
from vestige.capture.registers.forms._form import Form
from vestige.capture.registers.places._of_row import place_of
from vestige.entries import Identifier, Site


def _linked4resilience(row: Row) -> Site:
    """Read one row of the damaged sites in Ukraine as Linked4Resilience enriched them.

    A Wikidata item is taken over only when it was found by the site's own Wikipedia page; one that was found by nearness alone is
    often the town, the railway station or the neighbour.
    """
    point = place_of(row, ("latitude",), ("longitude",), ("wkt",))
    matched = row.get("method") == "wikipedia"
    item = row.get("wikidata_id") if matched else ""
    other = row.get("altname")
    found = names((row.get("name"), language_of(row.get("name"), "en")), (other, _other_language(other)))
    named(found)
    if point is None:
        raise RowRefused("no coordinate")
    wanted = (("linked4resilience", row.get("site").rstrip("/").rpartition("/")[2]), ("wikidata", item))
    return Site(
        names=found,
        location=location_of(point),
        type=row.get("instance_of_label") or None if matched else None,
        countries=("UA",),
        address=row.get("address") or None,
        identifiers=tuple(Identifier(scheme=scheme, value=value) for scheme, value in wanted if value),
        register="Linked4Resilience: damaged cultural sites in Ukraine",
    )


def _other_language(text: str) -> str | None:
    """Tag the second name, which is English, Ukrainian, or Ukrainian in Latin letters."""
    language = language_of(text)
    return {"und-Latn": "uk-Latn", "und-Cyrl": "uk"}.get(language or "", language)


LINKED4RESILIENCE = Form(
    "Linked4Resilience", lambda columns: {"site", "name", "altname", "wkt"} <= columns, _linked4resilience
)
