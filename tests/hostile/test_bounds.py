"""A host that drips, packs what nobody asked to be packed, or claims a ledger of any size: a check ends within stated bounds."""

import gzip
import re
import time
from types import SimpleNamespace

import pytest

from vestige.errors import EnvironmentFault
from vestige.ledger import Tiles, range_root
from vestige.publishing.checking import _sources
from vestige.publishing.checking._sources import WebSite

ADDRESS = "http://heritage.example/"


def test_a_host_that_drips_a_byte_every_five_seconds_is_left_soon(monkeypatch):
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(time, "monotonic", lambda: clock.now)

    def drip(_most):
        clock.now += 5
        return b"x"

    with pytest.raises(EnvironmentFault, match="sends too slowly"):
        WebSite(ADDRESS)._drain(SimpleNamespace(read1=drip), "ledger/checkpoint")
    assert clock.now <= 30


def test_a_checkpoint_of_ten_megabytes_is_not_read_to_its_end():
    sent = []

    def send(most):
        sent.append(most)
        return bytes(most)

    with pytest.raises(EnvironmentFault, match="at most 1,000,000 bytes"):
        WebSite(ADDRESS)._drain(SimpleNamespace(read1=send), "ledger/checkpoint")
    assert sum(sent) < 1_100_000


def test_what_was_packed_unasked_is_unpacked_within_its_bound():
    assert _sources._unpacked(gzip.compress(b"a tile"), 8_192, ADDRESS) == b"a tile"
    with pytest.raises(EnvironmentFault, match="at most 8192 bytes"):
        _sources._unpacked(gzip.compress(bytes(10_000_000)), 8_192, ADDRESS)
    with pytest.raises(EnvironmentFault, match="gzip"):
        _sources._unpacked(b"not packed", 8_192, ADDRESS)


class AnyLedger:
    """Gives a tile of any hashes at every address, and counts."""

    def __init__(self):
        self.asked = []

    def read(self, path):
        self.asked.append(path)
        partial = re.search(r"\.p/(\d+)$", path)
        return bytes(32) * (int(partial[1]) if partial else 256)


@pytest.mark.parametrize("size", [1, 255, 257, 70_000, 2**32 - 1, 2**40 + 12_345, 2**53 - 1])
def test_the_right_edge_of_a_ledger_of_any_size_takes_few_requests(size):
    ledger = AnyLedger()
    range_root(Tiles(ledger, size).node, 0, size)
    assert 1 <= len(ledger.asked) <= 60
