"""What programs and people that know nothing of Vestige find of the ledger: its key wherever they look, and the headers of tlog-tiles."""

import threading
import urllib.request
import xml.etree.ElementTree as ET

import pytest

from vestige.publishing import SiteServer


def test_the_key_of_the_ledger_stands_wherever_a_reader_looks(published):
    (key,) = map(str, published.record.verifiers)
    for page in ("index.html", "en/index.html", "en/ledger/index.html", "en/check.html", "hy/check.html"):
        text = (published.out / page).read_text("utf-8").replace("&#43;", "+")
        assert key in text, page
    for file in ("ledger.json", "CITATION.cff", "en/changes.atom", "en/changes.json"):
        assert key in (published.out / file).read_text("utf-8").replace("\\/", "/"), file
    assert f'<meta name="vestige-vkey" content="{key}">' in (published.out / "index.html").read_text("utf-8").replace(
        "&#43;", "+"
    )
    assert f"--key {key}" in (published.out / "en/check.html").read_text("utf-8").replace("&#43;", "+")


@pytest.mark.parametrize(
    ("path", "media", "cache"),
    [
        ("ledger/checkpoint", "text/plain; charset=utf-8", "no-cache"),
        ("manifest", "text/plain; charset=utf-8", "no-cache"),
        ("ledger/tile/0/000.p/{size}", "application/octet-stream", "public, max-age=31536000"),
        ("ledger/tile/entries/000.p/{size}", "application/octet-stream", "public, max-age=31536000"),
    ],
)
def test_the_server_sends_what_tlog_tiles_asks(published, path, media, cache):
    size = published.record.checkpoint.size
    assert size < 256
    with SiteServer(published.out, port=0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with urllib.request.urlopen(server.address + path.format(size=size)) as answer:
            assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == (media, cache)
        server.shutdown()


def test_hosts_are_told_the_same(published):
    apache, netlify = ((published.out / name).read_text("utf-8") for name in (".htaccess", "_headers"))
    for text in (apache, netlify):
        assert "text/plain; charset=utf-8" in text and "max-age=31536000" in text
    assert "/ledger/checkpoint\n  Content-Type: text/plain; charset=utf-8\n  Cache-Control: no-cache\n" in netlify
    iis = ET.parse(published.out / "web.config").getroot()
    places = {place.get("path"): place for place in iis.iter("location")}
    assert places.keys() == {"file", "ledger/checkpoint", "ledger/cosigned", "manifest"}
    assert [kind.get("mimeType") for kind in places["manifest"].iter("mimeMap")] == ["text/plain; charset=utf-8"]
