"""Sites as Linked Art: JSON-LD over CIDOC CRM, for museums and libraries.

Condition is an AttributeAssignment by the assessor who made it, in the window that it speaks of; only a finding that the
policy's assessors agree on becomes ``destroyed_by``, since that says that it happened and not that somebody judged so. The context
stands in the file, so that reading it asks no other host.
"""

import urllib.parse
from typing import Any

from vestige.entries import DateWindow, vocabulary
from vestige.publishing.views._partials import AssessmentCard, Summary
from vestige.publishing.views._views import SiteView

_CRM = "http://www.cidoc-crm.org/cidoc-crm/"

CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "crm": _CRM,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "id": "@id",
    "type": "@type",
    "HumanMadeObject": "crm:E22_Human-Made_Object",
    "Name": "crm:E33_E41_Linguistic_Appellation",
    "Identifier": "crm:E42_Identifier",
    "Language": "crm:E56_Language",
    "Place": "crm:E53_Place",
    "Type": "crm:E55_Type",
    "Actor": "crm:E39_Actor",
    "Destruction": "crm:E6_Destruction",
    "AttributeAssignment": "crm:E13_Attribute_Assignment",
    "TimeSpan": "crm:E52_Time-Span",
    "LinguisticObject": "crm:E33_Linguistic_Object",
    "_label": "rdfs:label",
    "content": "crm:P190_has_symbolic_content",
    "identified_by": {"@id": "crm:P1_is_identified_by", "@container": "@set"},
    "language": {"@id": "crm:P72_has_language", "@container": "@set"},
    "classified_as": {"@id": "crm:P2_has_type", "@container": "@set"},
    "referred_to_by": {"@id": "crm:P67i_is_referred_to_by", "@container": "@set"},
    "current_location": "crm:P55_has_current_location",
    "defined_by": "crm:P168_place_is_defined_by",
    "attributed_by": {"@id": "crm:P140i_was_attributed_by", "@container": "@set"},
    "assigned": {"@id": "crm:P141_assigned", "@container": "@set"},
    "assigned_property": {"@id": "crm:P177_assigned_property_of_type", "@type": "@id"},
    "carried_out_by": {"@id": "crm:P14_carried_out_by", "@container": "@set"},
    "destroyed_by": "crm:P13i_was_destroyed_by",
    "timespan": "crm:P4_has_time-span",
    "begin_of_the_begin": {"@id": "crm:P82a_begin_of_the_begin", "@type": "xsd:dateTime"},
    "end_of_the_end": {"@id": "crm:P82b_end_of_the_end", "@type": "xsd:dateTime"},
}


def linked_art_object(view: SiteView, line: Summary, origin: str) -> dict[str, Any]:
    """Give one site as a Linked Art object."""
    thing: dict[str, Any] = {
        "id": urn(origin, view.id),
        "type": "HumanMadeObject",
        "_label": line.names[0].text,
        "identified_by": [*map(_name, line.names), *_identifiers(line)],
    }
    if line.type:
        thing["classified_as"] = [{"type": "Type", "_label": line.type}]
    if line.location:
        wkt = f"POINT ({line.location.longitude} {line.location.latitude})"
        thing["current_location"] = {"type": "Place", "defined_by": wkt} | (
            {"_label": f"centre of a grid cell of {line.location.cell_degrees} degrees"}
            if line.location.cell_degrees
            else {}
        )
    if view.assessments:
        thing["attributed_by"] = [_condition(card, origin) for card in view.assessments]
    destroyed = next((f for f in view.findings if f.state == "agreed" and "Destroyed" in f.conditions), None)
    if destroyed:
        thing["destroyed_by"] = {"type": "Destruction", "timespan": _timespan(destroyed.window)}
    return thing


def urn(origin: str, about: str) -> str:
    """Name a thing of a record for the whole world."""
    return f"urn:vestige:{urllib.parse.quote(origin, safe='/')}:{about}"


def _name(name: Any) -> dict[str, Any]:
    language = {"language": [{"type": "Language", "_label": name.language}]} if name.language else {}
    return {"type": "Name", "content": name.text} | language


def _identifiers(line: Summary) -> list[dict[str, Any]]:
    return [
        {"type": "Identifier", "content": value, "classified_as": [{"type": "Type", "_label": scheme}]}
        for scheme, value in line.identifiers
    ]


def _condition(card: AssessmentCard, origin: str) -> dict[str, Any]:
    body = card.body
    assessor = ", ".join(part for part in (body.assessor.name, body.assessor.organisation) if part)
    return {
        "id": urn(origin, card.id),
        "type": "AttributeAssignment",
        "_label": f"condition: {body.condition}",
        "assigned_property": f"{_CRM}P44_has_condition",
        "assigned": [
            {"id": f"urn:uuid:{vocabulary('condition')[body.condition]}", "type": "Type", "_label": body.condition}
        ],
        "carried_out_by": [{"type": "Actor", "_label": assessor}],
        "timespan": _timespan(body.window),
    }


def _timespan(window: DateWindow) -> dict[str, Any]:
    first, last = window.bounds()
    begin = {"begin_of_the_begin": f"{first.isoformat()}T00:00:00Z"} if first else {}
    return {"type": "TimeSpan", **begin, "end_of_the_end": f"{last.isoformat()}T23:59:59Z"}
