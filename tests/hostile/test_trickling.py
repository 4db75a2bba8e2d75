"""Servers that send a byte now and then: whoever asks is let go, at the head by a clock and in the body by a least speed."""

import datetime as dt
import socket
import ssl
import threading
from contextlib import contextmanager
from functools import partial

import pytest
import urllib3
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from vestige import public_internet
from vestige.capture import fetch
from vestige.observing.scenes import FaultKind, HttpSource, ReadFault, Retries
from vestige.outside import FetchFault, Pace, TooLargeError, ask, blocks, body, web_address
from vestige.public_internet import AnyPools
from vestige.witnessing import Request, WitnessError, _asking, ask_witness

SLOW_HELLO = b"\x16\x03\x03\x3f\xff\x02\x00\x3f\xfb"
"""The beginning of a record of TLS with a ServerHello of 16 kB, of which a byte may come now and then."""


@contextmanager
def saying(first: bytes, then: bytes, wrapped=lambda link: link):
    """A server that says something and then a byte every tenth of a second, until its client goes."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while not ended.is_set():
                try:
                    link, _ = listening.accept()
                except OSError:
                    return
                with link:
                    try:
                        speaking = wrapped(link)
                        speaking.sendall(first)
                        while not ended.wait(0.1):
                            speaking.sendall(then)
                    except OSError:
                        continue

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        finally:
            ended.set()
            listening.shutdown(socket.SHUT_RDWR)
            thread.join(5)


def test_a_head_that_drips_ends_with_its_clock(monkeypatch):
    monkeypatch.setattr(public_internet, "HEAD_SECONDS", 0.4)
    with saying(b"HTTP/1.1 200 OK\r\nX-Long: ", b"a") as address, pytest.raises(urllib3.exceptions.HTTPError):
        ask(AnyPools(timeout=urllib3.Timeout(5)), web_address(address), {})


def test_a_scene_whose_server_drips_its_head_is_a_finding(monkeypatch):
    monkeypatch.setattr(public_internet, "HEAD_SECONDS", 0.3)
    source = HttpSource(allow_private=True, retries=Retries(attempts=2, first_wait=0.001, timeout=5))
    with saying(b"HTTP/1.1 206 OK\r\nX-Long: ", b"a") as address, pytest.raises(ReadFault) as fault:
        source.read(address, 0, 16)
    assert fault.value.kind in {FaultKind.UNAVAILABLE, FaultKind.TRUNCATED}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of its own for slow.example, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "slow.example")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("slow.example")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path_factory.mktemp("tls") / "slow.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


class Near:
    """A network on which every name is the server at one address of this machine."""

    def __init__(self, address):
        self.port = web_address(address).port

    def resolve(self, _host, _port):
        return ["93.184.216.34"]

    def connect(self, _address, _port, timeout):
        return socket.create_connection(("127.0.0.1", self.port), timeout)


def test_a_handshake_that_drips_ends_with_the_clock_of_a_capture():
    with saying(SLOW_HELLO, b"\x00") as address, pytest.raises(FetchFault, match="took too long"):
        fetch("https://slow.example/", seconds=0.4, network=Near(address))


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_head_and_a_body_that_drip_under_tls_end_with_the_clock_of_a_capture(head, certificate, monkeypatch):
    secret = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secret.load_cert_chain(certificate)
    monkeypatch.setattr(ssl, "create_default_context", partial(ssl.create_default_context, cafile=certificate))
    with (
        saying(head, b"a", partial(secret.wrap_socket, server_side=True)) as address,
        pytest.raises(FetchFault, match="took too long"),
    ):
        fetch("https://slow.example/", seconds=1, network=Near(address))


def test_a_handshake_that_drips_ends_with_the_clock_of_a_scene(monkeypatch):
    monkeypatch.setattr(public_internet, "HEAD_SECONDS", 0.4)
    with (
        saying(SLOW_HELLO, b"\x00") as address,
        pytest.raises(urllib3.exceptions.HTTPError),
    ):
        ask(AnyPools(timeout=urllib3.Timeout(5)), web_address(address.replace("http:", "https:")), {})


@pytest.mark.parametrize(
    "said", [b"HTTP/1.1 200 OK\r\nX-Long: ", b"HTTP/1.1 200 OK\r\n\r\n"], ids=["its head", "its body"]
)
def test_a_witness_that_drips_is_left_with_its_clock(said, monkeypatch):
    monkeypatch.setattr(_asking, "PATIENCE", 0.4)
    with saying(said, b"a") as address, pytest.raises((TimeoutError, WitnessError), match="took longer"):
        ask_witness(address, Request(0, (), b"a note\n"))


def test_a_witness_whose_handshake_drips_is_left_with_its_clock(monkeypatch):
    monkeypatch.setattr(_asking, "PATIENCE", 0.4)
    with saying(SLOW_HELLO, b"\x00") as address, pytest.raises(TimeoutError, match="the witness took longer"):
        ask_witness(address.replace("http:", "https:"), Request(0, (), b"a note\n"))


class Dripping:
    """An answer whose bytes come one every so many seconds of a clock that stands still otherwise."""

    def __init__(self, seconds: float, size: int = 1) -> None:
        self.now, self.seconds, self.size = 0.0, seconds, size

    def read1(self, _most: int, /) -> bytes:
        self.now += self.seconds
        return bytes(self.size)


@pytest.mark.parametrize(("seconds", "size", "said"), [(5, 1, "too slowly"), (5, 1 << 18, "longer than 600 seconds")])
def test_a_body_ends_by_its_speed_and_by_its_clock(seconds, size, said):
    drip = Dripping(seconds, size)
    with pytest.raises(FetchFault, match=said):
        body(drip, most=1 << 40, pace=Pace("a.example", clock=lambda: drip.now), where="a.example")
    assert drip.now <= 610


def test_a_body_of_too_many_bytes_is_left_at_once():
    flood = Dripping(0, 1 << 18)
    with pytest.raises(TooLargeError, match="at most 1,000,000 bytes"):
        list(blocks(flood, most=1_000_000, pace=Pace("a.example", clock=lambda: flood.now), where="a.example"))
