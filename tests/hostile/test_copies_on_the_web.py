"""A published copy on the web, checked: what its server may make the checker do."""

import http.server
import threading

import pytest

from vestige.errors import EnvironmentFault
from vestige.outside import AddressRefusedError, web_address
from vestige.publishing.checking import _sources
from vestige.publishing.checking._sources import WebSite


@pytest.fixture
def server():
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path.startswith("/to/"):
                self.send_response(302)
                self.send_header(
                    "Location", self.path[4:].replace("HOST", ":".join(map(str, self.server.server_address)))
                )
                self.end_headers()
            else:
                self.send_response(200)
                self.send_header("Content-Length", "1000" if "short" in self.path else "10")
                self.end_headers()
                self.wfile.write(b"0123456789")

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def site(server):
    return WebSite(f"http://{server.server_address[0]}:{server.server_address[1]}/")


def test_a_file_is_read(site):
    assert site.read("a") == b"0123456789"


@pytest.mark.parametrize(
    "target",
    [
        "ftp://HOST/x",
        "file:///etc/passwd",
        "http://127.0.0.2/x",
        "http://HOST@a.example/",
        "gopher://HOST/",
        "http://a.example\\@HOST/",
    ],
)
def test_a_redirect_stays_on_the_host_and_with_the_web(site, target):
    with pytest.raises(EnvironmentFault, match=r"sends elsewhere|answered 302"):
        site.read("to/" + target)


def test_https_is_not_left_for_http():
    with pytest.raises(AddressRefusedError, match="https to http"):
        web_address("https://a.example/").onward("http://a.example/x")


def test_the_environment_names_no_proxy(site, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert site.read("a") == b"0123456789"


def test_a_file_that_ends_early_or_takes_too_long_is_none(site, monkeypatch):
    with pytest.raises(EnvironmentFault, match="cannot be reached"):
        site.read("short")
    monkeypatch.setattr(_sources, "_SECONDS", -1)
    with pytest.raises(EnvironmentFault, match="took longer"):
        site.read("a")
