import gzip
import ipaddress
import socket
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.capture import AddressRefusedError, FetchFault, TooLargeError, fetch
from vestige.outside import web_address
from vestige.public_internet import is_public

PUBLIC = "93.184.216.34"


class Web:
    """A small internet: names with addresses, and one real server on this machine behind all of them.

    Every connection is really made, to the server here; what the client meant to connect to is noted.
    """

    def __init__(self, pages, names=None):
        self.pages = pages
        self.names = names or {}
        self.asked, self.connected, self.requests = [], [], []
        self.server = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    def resolve(self, host, port):
        self.asked.append(host)
        answers = self.names.get(host, [[PUBLIC]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def connect(self, address, port, timeout):
        self.connected.append((address, port))
        return socket.create_connection(self.server.getsockname(), timeout)

    def _serve(self):
        while True:
            try:
                link, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(link,), daemon=True).start()

    def _answer(self, link):
        with link:
            request = b""
            while b"\r\n\r\n" not in request:
                received = link.recv(4096)
                if not received:
                    return
                request += received
            self.requests.append(request)
            path = request.split()[1].decode()
            try:
                for piece in self.pages[path]():
                    link.sendall(piece)
            except OSError:
                return


@pytest.fixture
def web():
    made = []

    def make(pages, names=None):
        made.append(Web(pages, names))
        return made[-1]

    yield make
    for one in made:
        one.server.close()


def page(body, status="200 OK", **headers):
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Length: {len(body)}",
        *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items()),
    ]
    return lambda: ["\r\n".join(lines).encode() + b"\r\n\r\n" + body]


def moved(to, status="302 Found"):
    return page(b"", status, Location=to)


def test_the_bytes_come_untouched_with_where_and_when(web):
    net = web({"/a?b=%C3%A9": page(b"\xff\x00caf\xc3\xa9", Content_Type="text/html; charset=latin-1")})
    got = fetch("http://example.org/a?b=é", network=net)
    assert got.data == b"\xff\x00caf\xc3\xa9"
    assert got.media_type == "text/html; charset=latin-1"
    assert got.final_address == got.address == "http://example.org/a?b=é"
    assert got.taken.tzinfo is not None
    assert len(got.sha256) == 64
    assert b"Host: example.org\r\n" in net.requests[0]


def test_redirects_are_followed_and_noted(web):
    net = web({"/": moved("/b"), "/b": moved("//other.example/c"), "/c": page(b"here")})
    got = fetch("http://example.org/", network=net)
    assert got.data == b"here"
    assert got.redirects == ("http://example.org/b", "http://other.example/c")
    assert net.asked == ["example.org", "example.org", "other.example"]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255",
        "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "::",
        "192.0.2.1", "198.18.0.1", "2001:db8::1", "ff02::1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public_are_refused_before_connecting(web, address):
    net = web({"/": page(b"secret")}, {"inside.example": [[address]], "both.example": [[PUBLIC, address]]})
    for host in ("inside.example", "both.example"):
        with pytest.raises(AddressRefusedError, match="no public address"):
            fetch(f"http://{host}/", network=net)
    assert net.connected == []


def test_a_redirect_to_a_private_address_is_refused(web):
    net = web(
        {"/": moved("http://inside.example/")},
        {"inside.example": [["127.0.0.1"]]},
    )
    with pytest.raises(AddressRefusedError):
        fetch("http://example.org/", network=net)
    assert net.connected == [(PUBLIC, 80)]


def test_a_name_that_answers_otherwise_the_second_time_gains_nothing(web):
    net = web({"/": page(b"public")}, {"rebind.example": [[PUBLIC], ["127.0.0.1"]]})
    assert fetch("http://rebind.example/", network=net).data == b"public"
    assert net.connected == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "example.org", "", "http://", "http:///x", "javascript:alert(1)",
        "http://user:pw@example.org/", "http://example.org:25/", "http://example.org:99999/", "http://exa mple.org/",
        "http://example.org/\r\nX-Evil: 1", "http://[::1", "data:text/html,x",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(web, address):
    net = web({})
    with pytest.raises(AddressRefusedError):
        fetch(address, network=net)
    assert net.asked == []


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "http://[::1]/", "http://2130706433/", "http://0x7f.1/", "http://localhost/"]
)
def test_the_real_network_refuses_this_machine_under_all_its_names(address):
    with pytest.raises((AddressRefusedError, FetchFault)):
        fetch(address, seconds=5)


def test_https_is_not_left_for_http_on_the_way(web, monkeypatch):
    net = web({"/": moved("http://example.org/b")})
    monkeypatch.setattr("ssl.SSLContext.wrap_socket", lambda self, link, **_: link)
    with pytest.raises(AddressRefusedError, match="from https to http"):
        fetch("https://example.org/", network=net)


def test_a_server_without_a_certificate_is_not_believed(web):
    with pytest.raises(FetchFault):
        fetch("https://example.org/", network=web({"/": page(b"x")}), seconds=1)


def test_the_limit_holds_with_and_without_a_declared_length(web):
    endless = lambda: [b"HTTP/1.1 200 OK\r\n\r\n", *([b"x" * 1000] * 100)]  # noqa: E731
    packed = gzip.compress(b"\0" * 10_000_000)
    net = web({"/said": page(b"x" * 2000), "/unsaid": endless, "/bomb": page(packed, Content_Encoding="gzip")})
    for path in ("/said", "/unsaid", "/bomb"):
        with pytest.raises(TooLargeError, match="1,000 bytes"):
            fetch(f"http://example.org{path}", limit=1000, network=net)
    assert len(fetch("http://example.org/said", limit=2000, network=net).data) == 2000


def test_a_page_packed_unasked_is_unpacked(web):
    net = web({"/": page(gzip.compress(b"text"), Content_Encoding="gzip"), "/br": page(b"?", Content_Encoding="br")})
    assert fetch("http://example.org/", network=net).data == b"text"
    with pytest.raises(FetchFault, match="br"):
        fetch("http://example.org/br", network=net)


def test_a_server_that_drips_is_cut_off(web):
    released = threading.Event()

    def drip():
        yield b"HTTP/1.1 200 OK\r\n\r\n"
        while not released.wait(0.02):
            yield b"x"

    started = time.monotonic()
    with pytest.raises(FetchFault, match="took too long"):
        fetch("http://example.org/", seconds=0.3, network=web({"/": drip}))
    released.set()
    assert time.monotonic() - started < 30


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (page(b"gone", "404 Not Found"), "404 Not Found"),
        (page(b"", "304 Not Modified"), "304"),
        (lambda: [b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"], "ended before"),
        (lambda: [b"not http at all\r\n\r\n"], "could not be fetched"),
        (list, "could not be fetched"),
        (moved("/"), "redirected more than 5"),
        (page(b"damaged", Content_Encoding="gzip"), "damaged"),
    ],
)
def test_what_goes_wrong_is_said_in_one_line_with_the_address(web, answer, says):
    with pytest.raises(FetchFault, match=says) as raised:
        fetch("http://example.org/", network=web({"/": answer}), seconds=10)
    assert "http://example.org/" in str(raised.value)
    assert "\n" not in str(raised.value)


@given(st.ip_addresses())
def test_nothing_that_python_calls_private_is_public(address):
    if (
        address.is_private
        or address.is_loopback
        or address.is_link_local
        or address.is_multicast
        or address.is_unspecified
    ):
        assert not is_public(str(address))


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_the_same_inside_an_ipv6_one(address):
    mapped = ipaddress.ip_address(f"::ffff:{address}")
    sixtofour = ipaddress.ip_address((0x2002 << 112) | (int(address) << 80))
    assert is_public(str(mapped)) == is_public(str(sixtofour)) == is_public(str(address))


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_is_refused(text):
    try:
        found = web_address("http://" + text)
    except AddressRefusedError:
        return
    assert found.host.isascii()
    assert found.target.isascii()
    assert not any(c in found.target + found.host for c in " \r\n")
