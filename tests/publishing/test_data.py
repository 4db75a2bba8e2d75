"""The data files open in what people use, and say the same as the record."""

import csv
import json
import queue
import socket
import struct
import threading
import urllib.request
import xml.etree.ElementTree as ET

import geopandas
import pyarrow.parquet as pq
import pytest
import rdflib

from vestige.publishing import SiteServer, verify_site


def test_geojson_and_geoparquet_say_the_same(published):
    features = geopandas.read_file(published.out / "data/sites.geojson")
    table = geopandas.read_parquet(published.out / "data/sites.parquet")
    assert list(features["id"]) == list(table["id"])
    assert len(table) == 5
    bridge = table[table["id"] == published.bridge].iloc[0]
    assert (bridge.geometry.x, bridge.geometry.y) == (17.81503, 43.33727)
    assert bridge["finding"] == "contested"
    assert table[table["id"] == published.nowhere].iloc[0].geometry is None
    cave = table[table["id"] == published.cave].iloc[0]
    assert (round(cave.geometry.x, 6), round(cave.geometry.y, 6), cave["cell_degrees"]) == (46.65, 39.15, 0.1)
    names = pq.read_table(published.out / "data/sites.parquet").to_pylist()[0]["names"]
    assert names[2] == {"text": "Հին կամուրջ", "language": "hy"}


def test_csv_has_the_columns_that_the_dictionary_explains(published):
    package = json.loads((published.out / "datapackage.json").read_bytes())
    for resource in package["resources"]:
        with (published.out / resource["path"]).open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.reader(file))
        assert rows[0] == [field["name"] for field in resource["schema"]["fields"]]
        assert all(len(row) == len(rows[0]) for row in rows)


def test_nested_assessments_stay_nested(published):
    assessments = json.loads((published.out / "data/assessments.json").read_bytes())
    hit = next(one for one in assessments if one["id"] == published.assessment)
    assert [effect["type"] for effect in hit["body"]["disturbances"][0]["effects"]] == [
        "Collapse/Structural Damage",
        "Burning",
    ]


def test_linked_art_is_rdf_without_asking_anybody(published):
    graph = rdflib.Graph().parse(published.out / "data/linked-art/0.jsonld", format="json-ld")
    crm = rdflib.Namespace("http://www.cidoc-crm.org/cidoc-crm/")
    bridge = rdflib.URIRef(f"urn:vestige:test.example/heritage:{published.bridge}")
    assert len(set(graph.objects(bridge, crm.P140i_was_attributed_by))) == 5
    destroyed = list(graph.objects(bridge, crm.P13i_was_destroyed_by))
    assert len(destroyed) == 1  # two assessors agree on November 1993
    assert (destroyed[0], rdflib.RDF.type, crm.E6_Destruction) in graph


def test_descriptions_name_files_that_are_there(published):
    crate = json.loads((published.out / "ro-crate-metadata.json").read_bytes())
    root = next(item for item in crate["@graph"] if item["@id"] == "./")
    for part in root["hasPart"]:
        assert (published.out / part["@id"]).is_file(), part
    feed = ET.fromstring((published.out / "en/changes.atom").read_bytes())
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) > 5
    assert json.loads((published.out / "hy/changes.json").read_bytes())["language"] == "hy"


@pytest.fixture
def address(published):
    with SiteServer(published.out, port=0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.address
        server.shutdown()


def test_the_server_gives_types_and_ranges_and_nothing_outside(published, address):
    request = urllib.request.Request(address + "data/sites.csv", headers={"Range": "bytes=3-9"})
    with urllib.request.urlopen(request) as answer:
        assert answer.status == 206
        assert answer.read() == (published.out / "data/sites.csv").read_bytes()[3:10]
    with urllib.request.urlopen(address + "en/index.html") as answer:
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    for path in ("../record/vestige.json", "%2e%2e/record/vestige.json", "nothing"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(address + path)


def test_what_follows_a_head_does_not_wait_for_its_acknowledgement(published):
    options = queue.SimpleQueue()

    class Watched(SiteServer):
        def finish_request(self, request, client_address):
            super().finish_request(request, client_address)
            options.put(request.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    with Watched(published.out, port=0) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        with urllib.request.urlopen(server.address + "en/index.html") as answer:
            assert answer.read() == (published.out / "en/index.html").read_bytes()
        thread.join()
    assert options.get(timeout=60)


@pytest.mark.parametrize("asked", [b"GET /data/large.csv HTTP/1.1\r\nHost: x\r\n\r\n", b""])
def test_of_a_reader_who_leaves_nothing_is_said(asked, published, capsys, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data/large.csv").write_bytes(bytes(1 << 24))
    handled = queue.SimpleQueue()

    class Watched(SiteServer):
        def process_request_thread(self, request, client_address):
            super().process_request_thread(request, client_address)
            handled.put(client_address)

    with Watched(tmp_path, port=0) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        with socket.create_connection(server.server_address) as reader:
            reader.sendall(asked)
            if asked:
                assert reader.recv(4) == b"HTTP"
            reader.setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
            )  # closed at once, as by a lost line
        thread.join()
        handled.get(timeout=60)
    assert capsys.readouterr() == ("", "")


def test_a_fault_of_the_server_itself_is_said(tmp_path, capsys):
    class Faulty(SiteServer):
        def finish_request(self, request, client_address):
            raise ZeroDivisionError

    with Faulty(tmp_path, port=0) as server, socket.create_connection(server.server_address) as reader:
        server.handle_request()
        assert reader.recv(1) == b""
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_a_site_on_the_web_is_checked_like_a_folder(address):
    assert verify_site(address).unchanged
