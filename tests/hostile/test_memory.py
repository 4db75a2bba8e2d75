"""Files that weigh a few hundred kilobytes and unpack to gigabytes, all met by one process with a bound of memory, which outlives them."""

import gzip
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.variants import LONG

pytest.importorskip("resource", reason="this system bounds no memory")
MEMORY = 1_600_000_000
"""Bytes of address space: what the libraries load, and the largest bound of a file that is unpacked (512 MB)."""
ZEROS = 600_000_000
MEETS = """
import contextlib, io, resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
from pathlib import Path
from vestige.capture import open_document, read_register
from vestige.errors import VestigeError
from vestige.positions import copy_without_positions, look_into
from vestige.publishing.views._pictures import form_of
from vestige.reach import read_hits
for path in sorted(Path(sys.argv[1]).iterdir()):
    data = path.read_bytes()
    asks = (
        lambda: open_document(data, None), lambda: read_register(data), lambda: look_into(path.open("rb")), lambda: form_of(path.open("rb")),
        lambda: copy_without_positions(path.open("rb")), lambda: [None for _ in read_hits(path).batches()],
    )
    for ask in asks:
        with contextlib.suppress(VestigeError):
            ask()
    print(path.name, flush=True)
status = Path("/proc/self/status")  # not ru_maxrss, which a process begins with what the one that started it held
lines = status.read_text().splitlines() if status.exists() else []
print(next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), 0))
"""


def packed(*names):
    """A ZIP whose files are zeros, each a thousandth of its size."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in names:
            with archive.open(name, "w") as member:
                for _ in range(ZEROS // len(names) // 1_000_000):
                    member.write(bytes(1_000_000))
    return file.getvalue()


def endless(head):
    """A gzip of a head and of zeros after it."""
    made = io.BytesIO()
    with gzip.GzipFile(fileobj=made, mode="wb", compresslevel=1) as file:
        file.write(head)
        for _ in range(ZEROS // 1_000_000):
            file.write(bytes(1_000_000))
    return made.getvalue()


def test_what_unpacks_to_gigabytes_is_met_within_a_bound_of_memory(tmp_path):
    bombs = {
        "office.docx": packed("[Content_Types].xml", "word/document.xml"),
        "sheet.xlsx": packed("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"),
        "map.kmz": packed("doc.kml"),
        "capture.warc.gz": endless(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900000000\r\n\r\n"),
        "access.log.gz": endless(b'203.0.113.9 - - [03/Mar/2026:10:00:00 +0000] "GET / HTTP/1.1" 200 5 "-" "x"\n'),
    }
    if not LONG:
        del bombs["sheet.xlsx"], bombs["map.kmz"]
    for name, data in bombs.items():
        assert len(data) < ZEROS / 100
        (tmp_path / name).write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", MEETS.format(memory=MEMORY), str(tmp_path)],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parent,
        env={"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PATH": ""},
    )  # fmt: skip
    assert done.stdout.split()[:-1] == sorted(bombs), done.stderr[-2000:]
    assert int(done.stdout.split()[-1]) < MEMORY
