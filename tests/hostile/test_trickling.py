"""Servers that send a byte now and then: whoever asks is let go, at the head by a clock and in the body by a least speed."""

import socket
import threading
from contextlib import contextmanager

import pytest
import urllib3

from vestige import public_internet
from vestige.observing.scenes import FaultKind, HttpSource, ReadFault, Retries
from vestige.outside import FetchFault, Pace, TooLargeError, ask, blocks, body, web_address
from vestige.public_internet import AnyPools


@contextmanager
def saying(first: bytes, then: bytes):
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
                        link.sendall(first)
                        while not ended.wait(0.1):
                            link.sendall(then)
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
