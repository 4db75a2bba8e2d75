"""A preserved page never runs on the record's origin: what `serve` sends, and what is written for other hosts."""

import http.client
import threading
import xml.etree.ElementTree as ET

import pytest

from vestige.publishing import SiteServer
from vestige.publishing.data._host_headers import host_files

PAGE = b"<!doctype html><script>document.title = 'ran'</script>"


@pytest.fixture
def ask(tmp_path):
    (tmp_path / "file" / "ab").mkdir(parents=True)
    (tmp_path / "file" / "ab" / "abcd").write_bytes(PAGE)
    (tmp_path / "other").write_bytes(b"x" * 100)
    server = SiteServer(tmp_path, port=0)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    def get(path, **headers):
        connection = http.client.HTTPConnection(*server.server_address[:2], timeout=60)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        return answer

    yield get
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "path", ["/file/ab/abcd", "//file/ab/abcd", "/x/../file/ab/abcd", "/%66ile/ab/abcd", "/file/./ab/abcd?x"]
)
def test_a_preserved_page_is_an_attachment_in_a_sandbox(ask, path):
    answer = ask(path)
    assert answer.status == 200
    assert answer.getheader("Content-Type") == "application/octet-stream"
    assert answer.getheader("Content-Disposition") == 'attachment; filename="abcd.bin"'
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert answer.getheader("Content-Security-Policy") == "default-src 'none'; sandbox"


def test_nothing_is_guessed_of_any_other_file(ask):
    assert ask("/other").getheader("X-Content-Type-Options") == "nosniff"
    assert ask("/other").getheader("Content-Security-Policy") is None


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ("bytes=" + "9" * 5000 + "-", 200),
        ("bytes=-0", 416),
        ("bytes=5-9", 206),
        ("bytes=-" + "9" * 5000, 200),
        ("bytes=200-", 416),
    ],
)
def test_any_range_has_an_answer(ask, wanted, status):
    assert ask("/other", Range=wanted).status == status


def test_other_hosts_are_told_the_same():
    for content in host_files(None).values():
        for word in (b"application/octet-stream", b"attachment", b"nosniff", b"sandbox"):
            assert word in content
    ET.fromstring(host_files(None)["web.config"])
