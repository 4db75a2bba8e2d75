"""Lists of records in JSON that are not GeoJSON: what Overpass gives of OpenStreetMap, and Wikidata's query service."""

from collections.abc import Iterator, Mapping
from typing import Any

from vestige.capture.registers.forms._openstreetmap import MARK


def plain_records(document: Any) -> list[Any] | None:
    """Give the records of an answer of Overpass or of a SPARQL service as flat objects or features; None for any other document."""
    if not isinstance(document, dict):
        return None
    results = document.get("results")
    if isinstance(results, dict) and isinstance(results.get("bindings"), list):
        return [_binding(item) for item in results["bindings"]]
    elements = document.get("elements")
    if isinstance(elements, list):
        return [_element(item) for item in elements if not _is_bare(item)]
    return None


def _binding(item: Any) -> Any:
    """Flatten one solution of SPARQL 1.1 results in JSON; the language of its label stands beside it."""
    if not isinstance(item, dict):
        return item
    cells = {name: value.get("value") for name, value in item.items() if isinstance(value, dict)}
    languages = [value["xml:lang"] for value in item.values() if isinstance(value, dict) and value.get("xml:lang")]
    return {**cells, **({"@language": languages[0]} if languages else {})}


def _is_bare(item: Any) -> bool:
    """Whether an element is a mere vertex of another: a node without tags."""
    return isinstance(item, dict) and item.get("type") == "node" and not item.get("tags")


def _element(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    tags = item.get("tags")
    properties = {**(tags if isinstance(tags, dict) else {}), MARK: "1", "@id": f"{item.get('type')}/{item.get('id')}"}
    return {"type": "Feature", "properties": properties, "geometry": _geometry(item)}


def _geometry(item: Mapping[str, Any]) -> Any:
    """Give the geometry of an element: its own point, its outline (``out geom``), else its centre (``out center``)."""
    if "lat" in item and "lon" in item:
        return {"type": "Point", "coordinates": [item["lon"], item["lat"]]}
    rings = [ring for ring in _rings(item) if ring]
    if rings and all(len(ring) > 3 and ring[0] == ring[-1] for ring in rings):
        return {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}
    if rings:
        return {"type": "MultiLineString", "coordinates": [ring for ring in rings if len(ring) > 1]}
    center = item.get("center")
    if isinstance(center, dict) and "lat" in center and "lon" in center:
        return {"type": "Point", "coordinates": [center["lon"], center["lat"]]}
    return None


def _rings(item: Mapping[str, Any]) -> Iterator[list[list[Any]]]:
    members = item.get("members")
    outer = (
        [m for m in members if isinstance(m, dict) and m.get("role") != "inner"] if isinstance(members, list) else []
    )
    for part in (item, *outer):
        vertices = part.get("geometry")
        if isinstance(vertices, list):
            yield [[v["lon"], v["lat"]] for v in vertices if isinstance(v, dict) and "lon" in v and "lat" in v]
