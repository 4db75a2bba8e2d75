"""What others are told of a record: licences, keepers, sources and columns, as the standards have them; and doors for those who come from outside."""

import csv
import json
import re
import xml.etree.ElementTree as ET

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from vestige.entries import BLANK_KEYS, Policy
from vestige.publishing import publish
from vestige.publishing.data._dataset import dataset_of
from vestige.publishing.data._licences import licence_of
from vestige.publishing.kinds._rows import csv_rows
from vestige.publishing.making import _doors as doors

BASE = "https://example.org/of/us/"
SPDX_CREATIVE = re.compile(r"CC-BY(-NC)?(-SA|-ND)?-[34]\.0|CC0-1\.0|ODbL-1\.0")
"""What SPDX calls the licences that are asked for below."""


@pytest.mark.parametrize(
    ("text", "spdx"),
    [
        ("CC BY 4.0", "CC-BY-4.0"),
        ("cc-by-sa-4.0", "CC-BY-SA-4.0"),
        ("CC0 1.0", "CC0-1.0"),
        ("CC BY 4.0, except the pictures", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by-nc/4.0/deed.fr", "CC-BY-NC-4.0"),
        ("ODbL-1.0", "ODbL-1.0"),
        ("Ask us", None),
        ("not CC BY 4.0", None),
        ("All rights reserved", None),
    ],
)
def test_a_licence_is_told_only_where_the_keepers_words_begin_with_it(text, spdx):
    found = licence_of(text)
    assert (found.spdx, found.text) == (spdx, text)
    assert (found.address is None) == (spdx is None)
    assert spdx is None or SPDX_CREATIVE.fullmatch(spdx)


def test_who_answers_is_the_imprint_else_the_keepers():
    policy = Policy(name="Record", origin="example.org/r", keys=BLANK_KEYS)
    assert dataset_of(policy, (), 0).keepers.name == "The keepers of Record"
    named = Policy(
        name="Record", origin="example.org/r", keys=BLANK_KEYS, imprint="Museum of Examples\nStreet 1", contact="Ask a@example.org."
    )  # fmt: skip
    keepers = dataset_of(named, (), 0).keepers
    assert (keepers.name, keepers.email) == ("Museum of Examples", "a@example.org")


@pytest.fixture(scope="module")
def addressed(published, tmp_path_factory):
    """The record of the other tests, published under an address within a host."""
    out = tmp_path_factory.mktemp("addressed") / "out"
    publish(published.record, out, base_url=BASE)
    return out


def test_the_crate_names_each_thing_that_it_refers_to_once(addressed):
    graph = json.loads((addressed / "ro-crate-metadata.json").read_bytes())["@graph"]
    ids = [entity["@id"] for entity in graph]
    assert len(ids) == len(set(ids))
    root = graph[ids.index("./")]
    referred = [root["license"], root["author"], root["publisher"], *root["isBasedOn"], *root["hasPart"]]
    assert {one["@id"] for one in referred} <= set(ids)
    assert all(entity["@type"] and entity.get("name", "x") for entity in graph)
    assert len(root["isBasedOn"]) >= 1
    assert graph[0]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}


def test_the_package_has_what_its_standard_asks_for(addressed):
    package = json.loads((addressed / "datapackage.json").read_bytes())
    for source in package["sources"]:
        assert source["title"]
        assert re.match("https?://", source.get("path", "https://"))
    for licence in package.get("licenses", ()):
        assert re.fullmatch(r"[-a-zA-Z0-9._]+", licence["name"])
    assert package["contributors"][0]["title"]
    for resource in package["resources"]:
        assert re.fullmatch(r"[-a-z0-9._/]+", resource["name"])
        head = (addressed / resource["path"]).read_bytes()[:3]
        assert head == b"\xef\xbb\xbf", "without the mark Excel takes UTF-8 for another encoding"


def test_the_citation_has_what_its_format_asks_for(addressed):
    """Citation File Format 1.2.0: required keys, types of references and identifiers, forms of dates."""
    cited = yaml.safe_load((addressed / "CITATION.cff").read_text("utf-8"))
    assert cited.keys() >= {"authors", "cff-version", "message", "title"}
    assert {one["type"] for one in cited["identifiers"]} <= {"doi", "url", "swh", "other"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(cited["date-released"]))
    assert cited["url"] == BASE
    assert cited["references"]
    for reference in cited["references"]:
        assert reference.keys() >= {"authors", "title", "type"}
        assert all(one.keys() & {"name", "alias"} for one in reference["authors"])


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc"))), min_size=2, max_size=3), max_size=4))
def test_no_cell_begins_a_formula_and_no_word_is_lost(rows):
    read = list(csv.reader(csv_rows(rows).decode().splitlines(keepends=True)))
    for row, cells in zip(rows, read, strict=True):
        assert not any(cell[:1] in set("=+-@") for cell in cells)
        assert [
            cell.removeprefix("'") if word[:1] in set("=+-@") and word else cell
            for word, cell in zip(row, cells, strict=True)
        ] == row


def test_search_engines_find_every_page_and_a_wrong_address_leads_home(addressed):
    tree = ET.fromstring((addressed / "sitemap.xml").read_bytes())
    found = [loc.text for loc in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    pages = {
        BASE + path.relative_to(addressed).as_posix()
        for path in addressed.rglob("*/*.html")
        if path.parts[-2] != "assets"
    }
    assert set(found) == pages
    assert len(found) == len(pages)
    assert f"Sitemap: {BASE}sitemap.xml" in (addressed / "robots.txt").read_text()
    missing = (addressed / "404.html").read_text("utf-8")
    links = re.findall(r'(?:href|src)="([^"]+)"', missing)
    assert links
    assert all(link.startswith(BASE) for link in links)
    assert "<script" not in missing
    assert f'<link rel="canonical" href="{BASE}en/index.html">' in (addressed / "en/index.html").read_text("utf-8")
    assert "ErrorDocument 404 /of/us/404.html" in (addressed / ".htaccess").read_text()


def test_a_record_whose_address_nobody_told_has_no_sitemap_and_no_link_that_leads_astray(published):
    assert not (published.out / "sitemap.xml").exists()
    missing = (published.out / "404.html").read_text("utf-8")
    assert 'href="' not in missing
    assert missing.count("<li lang=") == len(published.record.policy.languages)


def test_a_large_sitemap_is_cut_at_what_one_file_may_hold(monkeypatch):
    class Kept(dict[str, bytes]):
        put = dict.__setitem__

    class Files:
        @staticmethod
        def pages_in(code):
            return [f"{code}/{number}.html" for number in range(5)]

    class Remembered:
        files = Files()

    monkeypatch.setattr(doors, "MOST_ADDRESSES", 4)
    kept = Kept()
    doors.write_sitemap(kept, Remembered(), BASE, ("en", "fr"))
    assert sorted(kept) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml", "sitemap.xml"]
    assert kept["sitemap.xml"].count(b"<loc>") == 3
    assert sum(kept[f"sitemap-{n}.xml"].count(b"<loc>") for n in (1, 2, 3)) == 10


def test_paper_carries_address_and_checkpoint(published):
    page = (published.out / f"en/site/{published.bridge[5:]}.html").read_text("utf-8")
    assert 'class="at-checkpoint"' in page
    assert f"en/site/{published.bridge[5:]}.html</bdi>" in page
    style = (published.out / "assets/checkpoint.css").read_text()
    assert json.loads((published.out / "index.json").read_bytes())["root"] in style
