"""Asking for parts of files from a real server that fails in every way we know of."""

import os
import socket
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st
from range_server import Fault, RangeServer

from vestige.observing.scenes import FaultKind, HttpSource, LocalSource, ReadFault, Retries
from vestige.observing.scenes._guard import check_url, shown
from vestige.observing.scenes._ranges import Sources
from vestige.public_internet import is_public

CONTENT = bytes(range(256)) * 40


@pytest.fixture
def waits():
    return []


@pytest.fixture
def source(waits):
    made = HttpSource(retries=Retries(attempts=3, first_wait=1.0, timeout=60), allow_private=True, sleep=waits.append)
    yield made
    made.pools.clear()


@pytest.fixture
def file(server):
    (server.root / "a.tif").write_bytes(CONTENT)
    return f"{server.url}/a.tif"


def kind_of(source, href, start=0, length=100):
    with pytest.raises(ReadFault) as caught:
        source.read(href, start, length)
    assert "a.tif" in str(caught.value) or caught.value.kind is FaultKind.REFUSED
    return caught.value.kind


def test_a_range_is_what_was_asked_for(source, file):
    part = source.read(file, 300, 40)
    assert (part.data, part.size) == (CONTENT[300:340], len(CONTENT))
    assert part.etag


def test_at_most_stops_where_the_file_does(source, file):
    assert source.read(file, 0, 1 << 20, at_most=True).data == CONTENT
    assert kind_of(source, file, len(CONTENT) - 5, 50) is FaultKind.TRUNCATED
    assert kind_of(source, file, len(CONTENT) + 5, 50) is FaultKind.TRUNCATED


def test_the_end_of_a_connection_is_kept_open(source, file, server):
    for start in range(20):
        source.read(file, start, 5)
    assert source.pools.connection_from_url(server.url).num_connections == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again_with_longer_waits(source, file, server, waits, status):
    server.faults["/a.tif"] = deque([Fault(status=status), Fault(status=status)])
    assert source.read(file, 0, 4).data == CONTENT[:4]
    assert len(waits) == 2
    assert 0.5 <= waits[0] <= 1.5
    assert 1.0 <= waits[1] <= 3.0


def test_the_time_that_a_server_names_is_kept_to(source, file, server, waits):
    server.faults["/a.tif"] = deque(
        [Fault(status=503, headers={"Retry-After": "7"}), Fault(status=503, headers={"Retry-After": "9999"})]
    )
    source.read(file, 0, 4)
    assert waits == [7.0, 60.0]


def test_a_server_that_stays_busy_is_unavailable(source, file, server):
    server.faults["/a.tif"] = Fault(status=503)
    assert kind_of(source, file) is FaultKind.UNAVAILABLE
    assert len(server.requests) == 3


def test_what_is_not_there_is_asked_for_once(source, file, server):
    server.faults["/a.tif"] = Fault(status=404)
    assert kind_of(source, file) is FaultKind.MISSING
    assert len(server.requests) == 1


def test_an_answer_that_ends_early_is_asked_for_again(source, file, server):
    server.faults["/a.tif"] = deque([Fault(truncate=True)])
    assert source.read(file, 0, 400).data == CONTENT[:400]
    server.faults["/a.tif"] = Fault(truncate=True)
    assert kind_of(source, file) is FaultKind.TRUNCATED


def test_a_server_without_ranges_does_not_send_us_the_whole_scene(source, file, server):
    server.faults["/a.tif"] = Fault(ignore_range=True)
    assert kind_of(source, file, 100, 100) is FaultKind.NO_RANGES
    assert kind_of(source, file, 0, 100) is FaultKind.NO_RANGES
    assert source.received == 0
    assert source.read(file, 0, len(CONTENT), at_most=True).data == CONTENT


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b"<Code>AuthenticationFailed</Code> Signature not valid in the specified time frame", FaultKind.EXPIRED),
     (b"<Message>Request has expired</Message>", FaultKind.EXPIRED), (b"no", FaultKind.DENIED)],
)  # fmt: skip
def test_a_refusal_says_whether_the_signature_is_old(source, file, server, body, kind):
    server.faults["/a.tif"] = Fault(status=403, body=body)
    assert kind_of(source, file) is kind


def test_a_server_that_is_not_there_is_unavailable(source):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))  # held, so that nobody else takes it, and nobody listens
        port = free.getsockname()[1]
        assert kind_of(source, f"http://127.0.0.1:{port}/a.tif") is FaultKind.UNAVAILABLE


def test_a_server_that_says_nothing_is_unavailable(waits):
    source = HttpSource(retries=Retries(attempts=1, timeout=0.05), allow_private=True, sleep=waits.append)
    with socket.create_server(("127.0.0.1", 0)) as mute:
        assert kind_of(source, f"http://127.0.0.1:{mute.getsockname()[1]}/a.tif") is FaultKind.UNAVAILABLE


def test_a_redirect_is_followed_and_remembered(source, file, server):
    server.routes["/login"] = lambda _: (307, {"Location": "/a.tif?Expires=9"}, b"")
    for _ in range(3):
        assert source.read(f"{server.url}/login", 0, 4).data == CONTENT[:4]
    assert [r.path for r in server.requests] == ["/login", "/a.tif", "/a.tif", "/a.tif"]


def test_a_remembered_redirect_that_expired_is_asked_for_again(source, file, server):
    server.routes["/login"] = lambda _: (307, {"Location": "/a.tif?Expires=9"}, b"")
    source.read(f"{server.url}/login", 0, 4)
    server.faults["/a.tif"] = deque([Fault(status=403, body=b"expired")])
    assert source.read(f"{server.url}/login", 0, 4).data == CONTENT[:4]


def test_a_ring_of_redirects_ends(source, server):
    server.routes["/a.tif"] = lambda _: (302, {"Location": "/a.tif"}, b"")
    assert kind_of(source, f"{server.url}/a.tif") is FaultKind.UNAVAILABLE


# private addresses


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1", "::1",
     "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::"],
)  # fmt: skip
def test_private_addresses_are_told(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "20.150.1.1", "2606:4700:4700::1111"])
def test_public_addresses_are_told(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://1.1.1.1/a",
        "http:///a",
        "gopher://x",
        "http://127.0.0.1/a",
        "http://[::1]/a",
        "http://169.254.169.254/latest",
    ],
)
def test_such_addresses_are_refused_before_connecting(url):
    with pytest.raises(ReadFault) as caught:
        check_url(url, allow_private=False)
    assert caught.value.kind is FaultKind.REFUSED


def test_a_name_that_leads_to_a_private_address_is_refused_before_anything_is_connected():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        source = HttpSource(retries=Retries(attempts=1))
        with pytest.raises(ReadFault) as open_port:
            source.read(f"http://localhost:{listener.getsockname()[1]}/a.tif", 0, 10)
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()
        closed = listener.getsockname()[1]
    with pytest.raises(ReadFault) as closed_port:
        source.read(f"http://localhost:{closed}/a.tif", 0, 10)
    assert str(open_port.value) == str(closed_port.value)  # nobody learns which ports are open
    assert open_port.value.kind is FaultKind.REFUSED


def test_a_redirect_to_a_private_address_is_refused(tmp_path):
    with RangeServer(tmp_path, host="127.0.0.1") as server:
        server.routes["/a.tif"] = lambda _: (302, {"Location": "http://169.254.169.254/latest"}, b"")
        source = HttpSource(retries=Retries(attempts=1), allow_private=True)
        source.allow_private = False  # the pools reach the test server; the check is that of the default
        assert kind_of(source, f"http://localhost:{server.port}/a.tif") is FaultKind.REFUSED


def test_only_the_users_own_catalogue_names_local_files(tmp_path):
    path = tmp_path / "a.tif"
    path.write_bytes(CONTENT)
    for href in (str(path), f"file://{path}"):
        assert Sources(HttpSource(), allow_local=True).read(href, 2, 3).data == CONTENT[2:5]
        assert kind_of(Sources(HttpSource(), allow_local=False), href) is FaultKind.REFUSED


def test_local_files_fail_with_the_same_kinds(tmp_path):
    source = LocalSource()
    assert kind_of(source, str(tmp_path / "a.tif")) is FaultKind.MISSING
    (tmp_path / "a.tif").write_bytes(b"abc")
    assert kind_of(source, str(tmp_path / "a.tif"), 0, 9) is FaultKind.TRUNCATED
    (tmp_path / "d").mkdir()
    with pytest.raises(ReadFault) as caught:
        source.read(str(tmp_path / "d"), 0, 9)
    assert caught.value.kind is FaultKind.UNAVAILABLE


def test_a_local_file_that_changes_has_another_etag(tmp_path):
    path = tmp_path / "a.tif"
    path.write_bytes(b"abc")
    before = LocalSource().read(str(path), 0, 1).etag
    os.utime(path, ns=(1, 1))
    assert LocalSource().read(str(path), 0, 1).etag != before


@given(st.text("abc/", max_size=9), st.text("abc=&%", max_size=9))
def test_what_is_shown_of_an_address_holds_no_secret(path, query):
    assert shown(f"https://user:secret@host.org/{path}?{query}#f") == f"https://host.org/{path}"
