"""Whatever a host does when a record is checked there: one line that says what, and an end."""

import http.server
import threading

import pytest

from vestige.cli import main
from vestige.publishing.checking import _sources

DOES = ("endless", "elsewhere", "loop", "error", "nothing", "reset", "garbage", "gzip bomb", "short")


class Host(http.server.BaseHTTPRequestHandler):
    """Does one thing to every request: the first folder of the path says which."""

    def do_GET(self):
        getattr(self, self.path.split("/")[1].replace("%20", "_"))()

    def log_message(self, *_):
        pass

    def answer(self, code, body=b"", **headers):
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def endless(self):
        self.answer(200)
        try:
            while True:
                self.wfile.write(b"x" * (1 << 20))
        except OSError:
            self.close_connection = True

    def elsewhere(self):
        self.answer(302, Location="http://127.0.0.2:1/")

    def loop(self):
        self.answer(302, Location=f"{self.path}x")

    def error(self):
        self.answer(500, b"no", Content_Length="2")

    def nothing(self):
        self.answer(404, Content_Length="0")

    def reset(self):
        self.close_connection = True

    def garbage(self):
        self.wfile.write(b"\x00\xff not HTTP\r\n\r\n")
        self.close_connection = True

    def gzip_bomb(self):
        self.answer(200, b"\x1f\x8b not packed", Content_Encoding="gzip", Content_Length="13")

    def short(self):
        self.answer(200, b"a few", Content_Length="1000")
        self.close_connection = True


@pytest.fixture(scope="module")
def host():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Host)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # it is a client that goes
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("does", DOES)
def test_whatever_a_host_does_ends_in_one_line(host, does, capsys, monkeypatch):
    monkeypatch.setattr(_sources, "_TIMEOUT", 5)
    assert main(["verify", f"{host}/{does.replace(' ', '%20')}/", "--no-remember"]) == 2
    shown = capsys.readouterr()
    assert len(shown.err.splitlines()) == 1, shown
    assert "Traceback" not in shown.err + shown.out
    assert "http://127.0.0." in shown.err
