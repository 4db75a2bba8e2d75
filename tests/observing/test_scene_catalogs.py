"""Catalogues of every kind: a STAC API over HTTP, static files, stac-geoparquet; and what they say of scenes."""

import datetime as dt
import json

import pytest
import rustac
from hypothesis import given
from hypothesis import strategies as st
from range_server import Fault
from scenery import item, lonlat, write_catalogue, write_sites

from vestige.errors import EnvironmentFault, InputError
from vestige.observing.scenes import (
    Bounds,
    FaultKind,
    Finding,
    Interval,
    ReadFault,
    Scene,
    Site,
    find_scenes,
    read_sites,
    scene_from_item,
)

START = dt.datetime(2024, 1, 3, 3, 4, 5, tzinfo=dt.UTC)
YEAR = Interval(dt.datetime(2024, 1, 1, tzinfo=dt.UTC), dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
LON, LAT = lonlat(100, 100)
SITES = (Site(id="a", lon=LON, lat=LAT),)


def items(count=5, base="https://example.org"):
    return [
        item(f"s{n}", START + dt.timedelta(days=12 * n), {b: f"{base}/s{n}_{b}.tif" for b in ("vv", "vh")})
        for n in range(count)
    ]


class StacApi:
    """A small STAC API after the specification (v1.0.0): landing page, search by POST, pages of two."""

    def __init__(self, server, found):
        self.url, self.items, self.searches = f"{server.url}/stac", found, []
        server.routes["/stac/search"] = self.search
        server.routes["/stac"] = self.landing

    def landing(self, _):
        conforms = [f"https://api.stacspec.org/v1.0.0/{part}" for part in ("core", "item-search", "ogcapi-features")]
        page = {
            "type": "Catalog", "id": "api", "stac_version": "1.0.0", "description": "d", "conformsTo": conforms,
            "links": [
                {"rel": "root", "href": self.url},
                {"rel": "search", "href": f"{self.url}/search", "type": "application/geo+json", "method": "POST"},
            ],
        }  # fmt: skip
        return self.json(page)

    def search(self, request):
        query = json.loads(request.body)
        self.searches.append(query)
        start, end = query["datetime"].split("/")
        west, south, east, north = query["bbox"]
        hits = [
            one for one in self.items
            if start <= one["properties"]["datetime"] <= end and one["bbox"][0] <= east and one["bbox"][2] >= west
            and one["bbox"][1] <= north and one["bbox"][3] >= south
        ]  # fmt: skip
        at = query.get("token", 0)
        page = {"type": "FeatureCollection", "features": hits[at : at + 2], "links": []}
        if at + 2 < len(hits):
            body = {**query, "token": at + 2}
            page["links"] = [{"rel": "next", "href": f"{self.url}/search", "method": "POST", "body": body}]
        return self.json(page)

    @staticmethod
    def json(page):
        return 200, {"Content-Type": "application/json"}, json.dumps(page).encode()


def ids(found):
    return [scene.id for scene in found.scenes]


def test_an_api_is_searched_page_by_page(server):
    api = StacApi(server, items())
    found = find_scenes(api.url, sites=SITES, intervals=[YEAR], collection="made-rtc", allow_private=True)
    assert ids(found) == ["s0", "s1", "s2", "s3", "s4"]
    assert len(api.searches) == 3
    assert api.searches[0]["collections"] == ["made-rtc"]


def test_an_api_is_asked_only_for_the_time_and_place_that_are_wanted(server):
    api = StacApi(server, items())
    short = Interval(START + dt.timedelta(days=1), START + dt.timedelta(days=25))
    sites = [*SITES, Site(id="far", lon=LON + 20, lat=LAT)]
    found = find_scenes(api.url, sites=sites, intervals=[short], collection=None, allow_private=True)
    assert ids(found) == ["s1", "s2"]
    assert all(box[2] - box[0] < 2 for box in (q["bbox"] for q in api.searches))


def test_a_private_api_is_refused_unless_allowed(server):
    api = StacApi(server, items())
    with pytest.raises(ReadFault, match="--allow-private"):
        find_scenes(api.url, sites=SITES, intervals=[YEAR])
    with pytest.raises((ReadFault, EnvironmentFault), match="private"):
        find_scenes(api.url.replace("127.0.0.1", "localhost"), sites=SITES, intervals=[YEAR])
    assert api.searches == []


def test_an_api_that_fails_is_one_clear_error(server):
    server.faults["/stac"] = Fault(status=400, body=b"no")
    with pytest.raises(EnvironmentFault, match="does not answer"):
        find_scenes(f"{server.url}/stac", sites=SITES, intervals=[YEAR], allow_private=True)
    server.faults.clear()
    server.routes["/stac"] = lambda _: (200, {"Content-Type": "application/json"}, b'{"type": "FeatureCollection"}')
    with pytest.raises(InputError, match="STAC API"):
        find_scenes(f"{server.url}/stac", sites=SITES, intervals=[YEAR], allow_private=True)


def test_a_file_of_items(tmp_path):
    path = write_catalogue(tmp_path / "items.json", items())
    assert ids(find_scenes(str(path), sites=SITES, intervals=[YEAR])) == ["s0", "s1", "s2", "s3", "s4"]


@pytest.mark.parametrize("name", ["items.parquet", "items.ndjson"])
def test_geoparquet_and_ndjson_by_rustac(tmp_path, name):
    path = tmp_path / name
    rustac.write_sync(str(path), {"type": "FeatureCollection", "features": items()})
    found = find_scenes(str(path), sites=SITES, intervals=[YEAR], collection="made-rtc")
    same = find_scenes(str(write_catalogue(tmp_path / "a.json", items())), sites=SITES, intervals=[YEAR])
    assert found[:2] == same[:2]


def static(folder, found):
    """A static catalogue with relative links: catalogue, collection, one folder an item."""
    root = {
        "type": "Catalog",
        "id": "c",
        "stac_version": "1.0.0",
        "links": [{"rel": "child", "href": "./col/collection.json"}, {"rel": "self", "href": "x"}],
    }
    links = [{"rel": "item", "href": f"{one['id']}/{one['id']}.json"} for one in found]
    collection = {
        "type": "Collection",
        "id": "made-rtc",
        "links": [*links, {"rel": "root", "href": "../catalog.json"}, {"rel": "child", "href": "../catalog.json"}],
    }
    (folder / "col").mkdir(parents=True)
    (folder / "catalog.json").write_text(json.dumps(root))
    (folder / "col/collection.json").write_text(json.dumps(collection))
    for one in found:
        (folder / "col" / one["id"]).mkdir()
        assets = {key: {"href": f"./{key}.tif"} for key in one["assets"]}
        (folder / "col" / one["id"] / f"{one['id']}.json").write_text(json.dumps({**one, "assets": assets}))
    return folder / "catalog.json"


def test_a_static_catalogue_on_disk_gives_local_files(tmp_path):
    found = find_scenes(str(static(tmp_path / "c", items(2))), sites=SITES, intervals=[YEAR])
    assert ids(found) == ["s0", "s1"]
    assert found.scenes[0].asset("VV").href == str(tmp_path / "c/col/s0/vv.tif")


def test_a_static_catalogue_behind_http_gives_addresses(server):
    static(server.root / "c", items(2))
    found = find_scenes(f"{server.url}/c/catalog.json", sites=SITES, intervals=[YEAR], allow_private=True)
    assert found.scenes[1].asset("vh").href == f"{server.url}/c/col/s1/vh.tif"


@pytest.mark.parametrize(
    "damage",
    [
        {"bbox": ["x", 0, 1, 1]}, {"bbox": [None, 0, 1, 1]}, {"bbox": [[0], 0, 1, 1]}, {"bbox": [10**400, 0, 1, 1]}, {"properties": [1]},
        {"geometry": {"type": "Polygon", "coordinates": 7}}, {"geometry": {"type": "Polygon", "coordinates": [[[]]]}}, {"assets": [1]},
    ],
)  # fmt: skip
def test_a_scene_that_the_catalogue_garbles_is_left_out_and_said(tmp_path, damage):
    good, bad = items(2)
    (tmp_path / "a.json").write_text(json.dumps({"type": "FeatureCollection", "features": [good, {**bad, **damage}]}))
    found = find_scenes(str(tmp_path / "a.json"), sites=SITES, intervals=[YEAR])
    assert [scene.id for scene in found.scenes if scene.assets] == [good["id"]]
    assert [finding.scene for finding in found.findings] == ([] if "assets" in damage else [bad["id"]])


def test_a_static_catalogue_elsewhere_may_not_name_local_files(server, tmp_path):
    (tmp_path / "secret.json").write_text(json.dumps(items(1)[0]))
    link = {"rel": "item", "href": f"file://{tmp_path}/secret.json"}
    (server.root / "catalog.json").write_text(json.dumps({"type": "Catalog", "id": "c", "links": [link]}))
    with pytest.raises(InputError, match="file of this machine"):
        find_scenes(f"{server.url}/catalog.json", sites=SITES, intervals=[YEAR], allow_private=True)


def test_an_item_elsewhere_that_names_local_files_is_refused_whoever_names_it(server, tmp_path):
    """A catalogue on the user's own disk may name files on it; what it links to elsewhere may not."""
    good, bad = items(2)
    bad["assets"]["vv"]["href"] = "file:///etc/passwd"
    for one in (good, bad):
        (server.root / f"{one['id']}.json").write_text(json.dumps(one))
    links = [{"rel": "item", "href": f"{server.url}/{one['id']}.json"} for one in (good, bad)]
    (tmp_path / "catalog.json").write_text(json.dumps({"type": "Catalog", "id": "c", "links": links}))
    found = find_scenes(str(tmp_path / "catalog.json"), sites=SITES, intervals=[YEAR], allow_private=True)
    assert ids(found) == [good["id"]]
    assert [(f.kind, f.href) for f in found.findings] == [(FaultKind.REFUSED, "file:///etc/passwd")]
    (server.root / "s1.json").write_text(
        json.dumps({"type": "Catalog", "links": [{"rel": "child", "href": "file:///etc/passwd"}]})
    )
    with pytest.raises(InputError, match="file of this machine"):
        find_scenes(str(tmp_path / "catalog.json"), sites=SITES, intervals=[YEAR], allow_private=True)


def test_a_static_catalogue_without_end_is_left_at_its_bounds(server):
    """Each document links to another that was not there before: by breadth, and in a chain."""

    def more(request):
        number = int(request.path.rpartition("/")[2].removesuffix(".json") or 0)
        links = [{"rel": "child", "href": f"{number + step}.json"} for step in steps]
        return 200, {}, json.dumps({"type": "Catalog", "id": "c", "links": links}).encode()

    server.routes["/endless/"] = more
    steps = []
    for wide, bounds, said in (
        ((1, 1000, 2000), Bounds(documents=40), "more than 40 documents"),
        ((1,), Bounds(depth=16), "links more than 16 deep"),
        ((1,), Bounds(bytes=300), "more than 300 bytes"),
        ((1,), Bounds(seconds=0), "minutes of answers"),
    ):
        steps[:] = wide
        with pytest.raises(InputError, match=said) as ended:
            find_scenes(
                f"{server.url}/endless/0.json", sites=SITES, intervals=[YEAR], allow_private=True, bounds=bounds
            )
        assert len(str(ended.value).splitlines()) == 1
    assert len(server.requests) < 100


def test_an_api_whose_next_never_ends_is_left_at_its_bounds(server):
    api = StacApi(server, items())
    page = {
        "type": "FeatureCollection",
        "features": items(1),
        "links": [{"rel": "next", "href": f"{api.url}/search", "method": "POST", "body": {}}],
    }
    server.routes = {"/stac/search": lambda _: api.json(page), **server.routes, "/stac": api.landing}
    server.routes["/stac/search"] = lambda _: api.json(page)
    for bounds, said in ((Bounds(documents=30), "more than 30 documents"), (Bounds(items=20), "more than 20 items")):
        with pytest.raises(InputError, match=said):
            find_scenes(api.url, sites=SITES, intervals=[YEAR], allow_private=True, bounds=bounds)
    assert len(server.requests) < 70


def test_a_search_says_what_it_took(tmp_path):
    found = find_scenes(str(static(tmp_path / "c", items(3))), sites=SITES, intervals=[YEAR])
    assert (found.searched.documents, found.searched.items, found.searched.depth) == (5, 3, 2)
    assert "5 documents (at most 20,000), 3 items (500,000), 2 deep (16)" in found.searched.line


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.json", "[", "STAC JSON"),
        ("a.json", b'{"type": "\xe6"}', "STAC JSON"),
        ("a.json", '{"type": "FeatureCollection", "features": 7}', "features to be a list"),
        ("a.json", '{"type": "FeatureCollection", "features": [7]}', "features to be a list"),
        ("a.json", '{"type": "Catalog", "links": ["x"]}', "links to be a list"),
        ("a.json", "[" * 100_000, "STAC JSON"),
        ("a.json", "[]", "STAC catalogue"),
        ("a.json", '{"type": "Topology"}', "got type 'Topology'"),
        ("a.parquet", "no", "STAC items"),
    ],
)
def test_what_is_no_catalogue_is_one_clear_error(tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError, match=words):
        find_scenes(str(tmp_path / name), sites=SITES, intervals=[YEAR])
    with pytest.raises(InputError, match="no such catalogue"):
        find_scenes(str(tmp_path / f"other-{name}"), sites=SITES, intervals=[YEAR])


# what is said of a scene


def test_a_scene_is_what_its_item_says():
    scene = scene_from_item(items(1)[0])
    assert (scene.platform, scene.track, scene.orbit_state, scene.processor) == (
        "S1A",
        "orbit 21",
        "descending",
        "made 1.0",
    )
    assert scene.time == START
    assert scene.covers(LON, LAT)


def test_opera_granules_say_what_their_catalogue_leaves_out():
    name = "OPERA_L2_RTC-S1_T137-292320-IW1_20231203T015910Z_20231203T124004Z_S1A_30_v1.0"
    assets = {
        "0": {"href": f"https://a.example/{name}_VV.tif"},
        "1": {"href": f"https://a.example/{name}_VH.tif"},
        "m": {"href": "https://a.example/x.h5"},
    }
    scene = scene_from_item({"id": name, "bbox": [0, 0, 1, 1], "properties": {}, "assets": assets}, collection="OPERA")
    assert (scene.platform, scene.track, scene.processor) == ("S1A", "T137-292320-IW1", "OPERA RTC-S1 v1.0")
    assert scene.time == dt.datetime(2023, 12, 3, 1, 59, 10, tzinfo=dt.UTC)
    assert [a.band for a in scene.assets] == ["VV", "VH"]


def test_real_granules_are_understood(shared_data):
    import pyarrow.parquet as pq

    columns = ["opera_id", "jpl_burst_id", "acq_dt", "url_copol"]
    table = pq.read_table(shared_data / "s1_chips/chile_19HBD.parquet", columns=columns)
    rows = table.take(list(range(0, table.num_rows, 200))).to_pylist()
    for row in rows:
        scene = scene_from_item(
            {"id": row["opera_id"], "bbox": [0, 0, 1, 1], "assets": {"0": {"href": row["url_copol"]}}}
        )
        assert scene.track == row["jpl_burst_id"]
        assert scene.time == row["acq_dt"].to_pydatetime()
        assert scene.asset("vv").href == row["url_copol"]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"properties": {}}, "time"),
        ({"bbox": None, "geometry": None}, "place"),
        ({"properties": {"datetime": "tomorrow"}}, "time"),
    ],
)
def test_a_scene_without_time_or_place_is_a_finding(tmp_path, change, word):
    finding = scene_from_item({**items(1)[0], **change})
    assert isinstance(finding, Finding)
    assert finding.kind is FaultKind.UNKNOWN
    assert word in finding.message
    found = find_scenes(
        str(write_catalogue(tmp_path / "a.json", [{**items(1)[0], **change}])), sites=SITES, intervals=[YEAR]
    )
    assert found.findings == (finding,)


def scene(ring, bbox):
    fields = {
        "id": "s",
        "collection": "",
        "time": START,
        "platform": "",
        "track": "",
        "orbit_state": "",
        "processor": "",
    }
    return Scene(**fields, assets=(), bbox=bbox, rings=(tuple(ring),))


def test_a_footprint_across_the_antimeridian():
    one = scene([(179, 0), (-179, 0), (-179, 10), (179, 10), (179, 0)], (179, 0, -179, 10))
    assert one.covers(179.5, 5)
    assert one.covers(-179.5, 5)
    assert not one.covers(0, 5)
    assert not one.covers(178.5, 5)


@given(lon=st.floats(0, 10), lat=st.floats(0, 10))
def test_a_footprint_covers_what_shapely_says(lon, lat):
    shapely = pytest.importorskip("shapely")
    ring = [(1, 1), (9, 2), (7, 9), (5, 4), (2, 8), (1, 1)]
    polygon = shapely.Polygon(ring)
    if polygon.exterior.distance(shapely.Point(lon, lat)) > 1e-9:
        assert scene(ring, (1, 1, 9, 9)).covers(lon, lat) == polygon.contains(shapely.Point(lon, lat))


# sites


def test_sites_are_read_from_geojson(tmp_path):
    path = write_sites(tmp_path / "s.geojson", {"a": (36.2, 47.1), "b": (36.3, 47.2)})
    assert read_sites(path) == (
        Site(id="a", lon=36.2, lat=47.1, name="Site a"),
        Site(id="b", lon=36.3, lat=47.2, name="Site b"),
    )


def test_an_area_stands_for_its_middle_and_ids_are_found(tmp_path):
    square = {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]}
    features = [
        {"type": "Feature", "properties": {"site_id": 7}, "geometry": square},
        {"type": "Feature", "properties": None, "geometry": {"type": "Point", "coordinates": [5, 6, 100]}},
    ]
    (tmp_path / "s.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert read_sites(tmp_path / "s.geojson") == (Site(id="7", lon=1, lat=1), Site(id="2", lon=5, lat=6))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("nonsense", "expected GeoJSON"),
        (b'{"type": "\xe6"}', "expected GeoJSON"),
        ("[" * 100_000, "expected GeoJSON"),
        ("{}", "FeatureCollection"),
        ('{"features": []}', "at least one"),
        ('{"features": [{"geometry": null}]}', "feature 1: the feature has no coordinates"),
        ('{"features": [7]}', "feature 1"),
        ('{"features": [{"geometry": {"coordinates": [1' + "0" * 400 + ", 4]}}]}", "no coordinates"),
        ('{"features": [{"geometry": {"coordinates": [1e999, 4]}}]}', "GeoJSON|no coordinates"),
        ('{"features": [{"geometry": {"coordinates": [5000000, 4]}}]}', "longitude first"),
        ('{"features": [{"id": "a", "geometry": {"coordinates": [5, 4]}}, {"id": "a", "geometry": {"coordinates": [5, 4]}}]}', "feature 2.*stands twice"),
    ],
)  # fmt: skip
def test_sites_that_cannot_be_used_are_one_clear_error(tmp_path, text, words):
    (tmp_path / "s.geojson").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(InputError, match=words):
        read_sites(tmp_path / "s.geojson")
    with pytest.raises(InputError, match="cannot be read"):
        read_sites(tmp_path / "none.geojson")
