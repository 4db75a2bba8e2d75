"""Pictures that cost their decoder more than they weigh: bounded in pixels, memory and time, in a process of their own, and said on the page."""

import io
import json
import re
import struct
import subprocess
import sys
import zlib

import pytest

from vestige.publishing.views import _picture_child, _pictures
from vestige.publishing.views._pictures import NoCopy, small_copy

resource = pytest.importorskip("resource", reason="this system bounds no memory")


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(width: int, height: int, *, rows: int = 0) -> bytes:
    """A PNG of transparent pixels that says how many it has; only ``rows`` of them are there, which takes a thousandth of their size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    pack = zlib.compressobj(1)
    packed = b"".join([*(pack.compress(bytes(1 + 4 * width)) for _ in range(rows)), pack.flush()])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(13_300, 13_300), (60_000, 60_000), (2**31 - 1, 2**31 - 1), (50_000_001, 1)])
def test_a_picture_of_too_many_pixels_is_not_decoded(size):
    with pytest.raises(_picture_child.TooLargeError):
        _picture_child.opened(bomb(*size))


def test_a_bomb_says_why_it_is_not_shown():
    assert small_copy(io.BytesIO(bomb(13_300, 13_300))) == NoCopy("too large")


def test_a_decoder_that_wants_too_much_is_stopped_by_the_bound_of_memory(tmp_path, monkeypatch):
    """The bound itself, lower than it is so that a small picture meets it: 16 million pixels are 64 MB, and more while they are turned."""
    source = tmp_path / "child.py"
    text = _pictures._CHILD.read_text()
    source.write_text(text.replace("MOST_MEMORY = 1_500_000_000", "MOST_MEMORY = 150_000_000"))
    assert source.read_text() != text
    monkeypatch.setattr(_pictures, "_CHILD", source)
    assert small_copy(io.BytesIO(bomb(4_000, 4_000, rows=4_000))) == NoCopy("costly")


def test_a_child_that_dies_or_hangs_costs_its_own_picture(tmp_path, monkeypatch):
    child = tmp_path / "child.py"
    monkeypatch.setattr(_pictures, "_CHILD", child)
    child.write_text("import os; os.abort()")
    assert small_copy(io.BytesIO(bomb(4, 4, rows=4))) == NoCopy("costly")
    child.write_text("import threading; threading.Event().wait()")
    monkeypatch.setattr(_pictures, "_SECONDS", 0.3)
    assert small_copy(io.BytesIO(bomb(4, 4, rows=4))) == NoCopy("costly")


def test_the_largest_that_is_decoded_stays_within_the_bound():
    """Fifty million pixels with transparency, the dearest form: a copy comes about, and its process says what it took at most."""
    asked = (
        "import runpy, sys; runpy.run_path(sys.argv[1], run_name='__main__');"
        "sys.stderr.write(open('/proc/self/status').read() if sys.platform == 'linux' else '')"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", asked, str(_pictures._CHILD)],
        input=bomb(7_000, 7_100, rows=7_100), capture_output=True, check=True,
    )  # fmt: skip
    answer = json.loads(done.stdout.partition(b"\n")[0])
    assert answer == {"size": [1577, 1600]}
    if sys.platform == "linux":  # its own peak: what `getrusage` says may be that of the process which started it
        peak = re.search(rb"VmPeak:\s+(\d+) kB", done.stderr)
        assert int(peak[1]) * 1024 <= _picture_child.MOST_MEMORY
