"""Fetching against a real HTTP server on this machine: resuming, verifying, refusing."""

import datetime as dt
import hashlib
import io
import json
import threading
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from vestige.cli import main
from vestige.outside import AddressRefusedError, web_address
from vestige.public_internet import is_public
from vestige.studying import FetchError, StudyInputError, dataset, datasets, fetch
from vestige.studying.fetching._catalogue import Dataset
from vestige.studying.fetching._download import download

CONTENT = b"country_id_cy,year_cy\n" + b"2,1989\n" * 100_000
TODAY = lambda: dt.date(2026, 1, 1)  # noqa: E731


def sha(content):
    return hashlib.sha256(content).hexdigest()


class Server:
    """A small file server that knows ranges, entity tags and redirects, and can break off."""

    def __init__(self):
        self.content, self.etag, self.break_after, self.location, self.ranges, self.requests = (
            CONTENT,
            '"1"',
            None,
            None,
            True,
            [],
        )
        self.tells_length = True
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                server.answer(self)

            def log_message(self, *arguments):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.http.server_port}/data.csv"

    def answer(self, handler):
        wanted = handler.headers.get("Range") if handler.headers.get("If-Range") == self.etag and self.ranges else None
        self.requests.append(wanted)
        if self.location:
            handler.send_response(302)
            handler.send_header("Location", self.location)
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        start = int(wanted.removeprefix("bytes=").rstrip("-")) if wanted else 0
        body = self.content[start:]
        handler.send_response(206 if wanted else 200)
        if self.tells_length:
            handler.send_header("Content-Length", str(len(body)))
        handler.send_header("ETag", self.etag)
        if wanted:
            handler.send_header("Content-Range", f"bytes {start}-{len(self.content) - 1}/{len(self.content)}")
        handler.end_headers()
        handler.wfile.write(body if self.break_after is None else body[: self.break_after])
        handler.wfile.flush()
        handler.close_connection = True


@pytest.fixture
def server():
    made = Server()
    yield made
    made.http.shutdown()
    made.http.server_close()


@pytest.fixture
def wanted(server):
    return Dataset(
        name="trial", title="A trial", version="1", address=server.address, member=None, file="data.csv", sha256=None,
        licence="CC BY 4.0", citation="Somebody 2026", note="",
    )  # fmt: skip


def test_a_fetch_pins_what_is_needed_to_cite(server, wanted, tmp_path):
    line = fetch(wanted, tmp_path, allow_private=True, today=TODAY)
    assert line["state"] == "fetched"
    assert (tmp_path / "data.csv").read_bytes() == CONTENT
    (kept,) = json.loads((tmp_path / "datasets.json").read_text())
    for key, value in {
        "sha256": sha(CONTENT),
        "address": server.address,
        "version": "1",
        "licence": "CC BY 4.0",
        "citation": "Somebody 2026",
    }.items():
        assert kept[key] == value
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.csv", "datasets.json"]


def test_a_second_fetch_verifies_and_asks_nobody(server, wanted, tmp_path):
    fetch(wanted, tmp_path, allow_private=True)
    assert fetch(wanted, tmp_path, allow_private=True)["state"] == "unchanged"
    assert len(server.requests) == 1


@pytest.mark.parametrize("tells_length", [True, False])
def test_progress_is_told_the_length_where_the_server_tells_it(server, tmp_path, tells_length):
    server.tells_length = tells_length
    told = []
    download(
        server.address, tmp_path / "part", allow_private=True, progress=lambda done, total: told.append((done, total))
    )
    assert (tmp_path / "part").read_bytes() == CONTENT
    assert told[-1][0] == len(CONTENT)
    assert {total for _, total in told} == {len(CONTENT) if tells_length else None}


def test_a_broken_download_goes_on(server, wanted, tmp_path):
    server.break_after = 300_000
    with pytest.raises(FetchError, match=r"failed after [\d,]+ bytes.*goes on from there"):
        fetch(wanted, tmp_path, allow_private=True)
    have = (tmp_path / "data.csv.part").stat().st_size
    assert 0 < have <= 300_000
    assert not (tmp_path / "data.csv").exists()
    server.break_after = None
    fetch(wanted, tmp_path, allow_private=True)
    assert server.requests == [None, f"bytes={have}-"]
    assert (tmp_path / "data.csv").read_bytes() == CONTENT


@pytest.mark.parametrize("how", ["changed", "no ranges"])
def test_a_download_starts_again_when_it_cannot_go_on(server, wanted, tmp_path, how):
    server.break_after = 300_000
    with pytest.raises(FetchError):
        fetch(wanted, tmp_path, allow_private=True)
    server.break_after = None
    if how == "changed":
        server.content, server.etag = CONTENT[::-1], '"2"'
    else:
        server.ranges = False
    fetch(wanted, tmp_path, allow_private=True)
    assert (tmp_path / "data.csv").read_bytes() == server.content


def test_another_version_is_refused_and_said(server, wanted, tmp_path):
    fetch(wanted, tmp_path, allow_private=True)
    (tmp_path / "data.csv").unlink()
    server.content = b"something else"
    with pytest.raises(FetchError, match=f"expected SHA-256 {sha(CONTENT)}, got {sha(b'something else')}"):
        fetch(wanted, tmp_path, allow_private=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["datasets.json"]
    line = fetch(wanted, tmp_path, allow_private=True, sha256=sha(b"something else"))
    assert line["sha256"] == sha(b"something else")


def test_a_file_that_was_changed_on_the_disk_is_said(wanted, tmp_path):
    fetch(wanted, tmp_path, allow_private=True)
    (tmp_path / "data.csv").write_bytes(CONTENT + b"x")
    with pytest.raises(FetchError, match="the file on the disk is not the pinned one"):
        fetch(wanted, tmp_path, allow_private=True)


def test_a_file_of_nobody_is_left_alone(wanted, tmp_path):
    (tmp_path / "data.csv").write_bytes(b"mine")
    with pytest.raises(FetchError, match="nothing says what it should be"):
        fetch(wanted, tmp_path, allow_private=True)
    assert (tmp_path / "data.csv").read_bytes() == b"mine"


def zipped(name, content):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("path", ["inner.csv", "folder/inner.csv", "../../inner.csv"])
def test_a_member_is_taken_by_name_never_by_path(server, wanted, tmp_path, path):
    server.content = zipped(path, CONTENT)
    member = Dataset(**{**vars(wanted), "member": "inner.csv"})
    line = fetch(member, tmp_path / "deep" / "out", allow_private=True)
    assert line["sha256"] == sha(CONTENT)
    assert line["archive_sha256"] == sha(server.content)
    assert sorted(each.name for each in tmp_path.rglob("*") if each.is_file()) == ["data.csv", "datasets.json"]


@pytest.mark.parametrize("content", [b"no archive", zipped("other.csv", b"x")])
def test_an_archive_without_the_member_is_refused(server, wanted, tmp_path, content):
    server.content = content
    with pytest.raises(FetchError, match=r"inner\.csv"):
        fetch(Dataset(**{**vars(wanted), "member": "inner.csv"}), tmp_path, allow_private=True)
    assert not (tmp_path / "data.csv").exists()


def test_private_addresses_are_refused_before_a_byte_is_sent(server, wanted, tmp_path):
    with pytest.raises(FetchError, match=r"leads to 127\.0\.0\.1, which is private"):
        fetch(wanted, tmp_path)
    assert server.requests == []


def test_a_name_that_leads_home_is_refused(server, wanted, tmp_path):
    local = Dataset(**{**vars(wanted), "address": f"http://localhost:{server.http.server_port}/"})
    with pytest.raises(FetchError, match="which is private"):
        fetch(local, tmp_path)
    assert server.requests == []


@pytest.mark.parametrize("address", ["file:///etc/hostname", "ftp://example.org/x", "data.csv", "http:///x"])
def test_other_schemes_are_refused(wanted, tmp_path, address):
    with pytest.raises(FetchError, match="expected an http or https address"):
        fetch(wanted, tmp_path, address=address, allow_private=True)


def test_an_answer_that_is_none_is_said(server, wanted, tmp_path):
    server.location = "file:///etc/hostname"
    with pytest.raises(FetchError):
        fetch(wanted, tmp_path, allow_private=True)
    assert not (tmp_path / "data.csv").exists()


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2001:4860:4860::8888", True), ("127.0.0.1", False), ("10.1.2.3", False), ("169.254.169.254", False),
        ("::1", False), ("fe80::1%eth0", False), ("::ffff:10.0.0.1", False), ("2002:7f00:1::", False), ("224.0.0.1", False), ("0.0.0.0", False),
        ("100.64.0.1", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address, public):
    assert is_public(address) is public


def test_the_catalogue_says_enough_to_cite():
    for each in datasets():
        assert each.address.startswith("https://")
        assert all((each.title, each.version, each.licence, each.citation, each.file))
    fire = dataset("firms-modis-2022-Ukraine")
    assert fire.address.endswith("/modis/2022/modis_2022_Ukraine.csv")
    with pytest.raises(StudyInputError, match="known: ucdp-country-year"):
        dataset("firms-modis-22-../x")


def test_the_command_fetches_lists_and_refuses(server, tmp_path, capsys):
    folder = tmp_path / "out"
    arguments = ["study", "fetch", "ucdp-terminations", "--out", str(folder), "--address", server.address]
    assert main([*arguments, "--allow-private"]) == 0
    assert f"SHA-256 {sha(CONTENT)}" in capsys.readouterr().out
    assert main(["study", "fetch"]) == 0
    assert "ucdp-ged" in capsys.readouterr().out
    for wrong in (
        [*arguments[:-1], "http://127.0.0.1:1/", "--out", str(tmp_path / "x")],
        ["study", "fetch", "nope"],
        [*arguments, "--sha256", "abc"],
    ):
        assert main(wrong) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_download_ends_with_the_total_clock_and_keeps_what_came(server, tmp_path):
    times = iter(range(1000))
    with pytest.raises(FetchError, match=r"longer than 10 seconds.*goes on from there"):
        download(server.address, tmp_path / "x.part", allow_private=True, seconds=10, clock=lambda: next(times) * 6.0)
    download(server.address, tmp_path / "x.part", allow_private=True)
    assert (tmp_path / "x.part").read_bytes() == CONTENT
    assert server.requests[1] not in (None, "bytes=0-")


@pytest.mark.parametrize(
    "location", ["http://example.org/a", "//[", "ftp://example.org/a", "file:///etc/passwd", "https://[", "http:///a"]
)
def test_a_redirect_never_leaves_https_or_the_web(location):
    with pytest.raises(AddressRefusedError):
        web_address("https://example.org/data.csv").onward(location)


def test_a_redirect_within_the_web_is_followed():
    assert web_address("http://a.example/x/y").onward("https://b.example/z").text == "https://b.example/z"
    assert web_address("https://a.example/x/y").onward("../z").text == "https://a.example/z"


def test_redirects_without_end_are_refused(server, wanted, tmp_path):
    server.location = server.address
    with pytest.raises(FetchError, match="redirected more than 5 times"):
        fetch(wanted, tmp_path, allow_private=True)


def test_only_a_data_set_with_a_hash_is_called_pinned(capsys):
    assert main(["study", "fetch"]) == 0
    lines = capsys.readouterr().out.replace("\n  ", " ").splitlines()
    for each in datasets():
        assert any(line.startswith(each.name + ":") and ("pinned" in line) == bool(each.sha256) for line in lines)
