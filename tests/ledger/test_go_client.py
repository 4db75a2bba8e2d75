"""Ledgers read and cosigned by a client that nobody here wrote: golang.org/x/mod/sumdb, out of Go's own source tree.

Skipped where there is no Go or the client does not lie beside the project. Its second half, `record`, is of an earlier format (its signatures do not
cover the origin); readers of today's are tests/record/second_reader.py and tests/ledger/go_reader.
"""

import contextlib
import shutil
import socket
import subprocess
import threading
import time

import pytest
from tests.conftest import SHARED

from vestige.durable import write_files
from vestige.entries import Draft, Name, Site
from vestige.entries import Witness as Named
from vestige.example import build_example
from vestige.ledger import Checkpoint, Extension, FolderSource, parse_vkey
from vestige.publishing import SiteServer, publish
from vestige.record import Record, verify_record
from vestige.witnessing import Witness, WitnessServer, cosign_record

CLIENT = SHARED / "tools" / "ledger_client"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("go") is None, reason="no Go here: apt-get install golang-go"),
    pytest.mark.skipif(not CLIENT.is_dir(), reason="the client in Go does not lie beside the project"),
]


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    binary = tmp_path_factory.mktemp("go") / "vestigecheck"
    subprocess.run([CLIENT / "build.sh", binary], check=True, timeout=300)

    def run(*arguments, fails=False):
        done = subprocess.run([binary, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False)
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    run.binary = binary
    return run


@contextlib.contextmanager
def served(server, address):
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield address
    finally:
        server.shutdown()
        server.server_close()


def shown(folder):
    server = SiteServer(folder, port=0)
    return served(server, f"http://127.0.0.1:{server.server_port}")


def grow(record, size):
    have = record.checkpoint.size
    for start in range(have, size, 5000):
        record.append(*(Draft(Site(names=(Name(text=f"Place {i}"),))) for i in range(start, min(size, start + 5000))))
    return (record.path / "ledger" / "checkpoint").read_bytes()


@pytest.fixture
def record(tmp_path):
    with Record.create(tmp_path / "record", "Heritage", origin="example.org/heritage") as made:
        yield made


def test_published_tiles_inclusion_and_consistency(client, record, tmp_path):
    vkey, kept = str(record.verifiers[0]), []
    for size in (2, 257):
        path = tmp_path / f"checkpoint.{size}"
        path.write_bytes(grow(record, size))
        kept.append(path)
        publish(record, tmp_path / "site", workers=1)
        with shown(tmp_path / "site") as url:
            olds = [word for old in kept for word in ("-old", old)]
            said = client("check", "-url", f"{url}/ledger", "-vkey", vkey, *olds)
        assert f"inclusion of {size} proved" in said
        assert said.count("are the beginning of") == len(kept)


def test_the_example_and_seventy_thousand_entries(client, record, tmp_path):
    build_example(tmp_path / "example")
    with Record.open(tmp_path / "example") as example, shown(example.path) as url:
        client("check", "-url", f"{url}/ledger", "-vkey", str(example.verifiers[0]))
    leaves = [b"%d" % number + bytes(500) for number in range(70_000)]
    grown = Extension(FolderSource(tmp_path), 0, leaves)
    write_files({tmp_path / "large" / "ledger" / name: data for name, data in grown.files.items()})
    note = Checkpoint("example.org/heritage", grown.size, grown.root).sign(*record.log_keys())
    (tmp_path / "large" / "ledger" / "checkpoint").write_bytes(note)
    with shown(tmp_path / "large") as url:
        said = client("check", "-url", f"{url}/ledger", "-vkey", str(record.verifiers[0]), "-every", 1000)
    assert "70000" in said


def test_another_key_and_another_history_are_refused(client, record, tmp_path):
    grow(record, 5)
    with Record.create(tmp_path / "other", "Other", origin="example.org/heritage") as other:
        foreign, note = str(other.verifiers[0]), grow(other, 3)
    (tmp_path / "foreign").write_bytes(note)
    with shown(record.path) as url:
        client("check", "-url", f"{url}/ledger", "-vkey", foreign, fails=True)
        old = tmp_path / "foreign"
        client("check", "-url", f"{url}/ledger", "-vkey", str(record.verifiers[0]), "-old", old, fails=True)


def test_its_witness_cosigns_for_us(client, record):
    seed, vkey = "07" * 32, str(record.verifiers[0])
    key = client("vkey", "-name", "witness.example/w1", "-seed", seed, "-type", "4").strip()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    named = Named(vkey=key, url=f"http://127.0.0.1:{port}")
    listen = ("-listen", f"127.0.0.1:{port}", "-log", vkey)
    witness = subprocess.Popen([client.binary, "witness", "-name", "witness.example/w1", "-seed", seed, *listen])
    try:
        _await(port)
        for size in (10, 260):
            grow(record, size)
            (done,) = cosign_record(record.path, [named])
            assert done.why is None
    finally:
        witness.terminate()
        witness.wait()
    assert verify_record(record.path, pinned=[parse_vkey(key)]).cosigners[0].vkey == key
    with shown(record.path) as url:
        said = client("check", "-url", f"{url}/ledger", "-vkey", vkey, "-witness", key, "-quorum", "1")
    assert "1 of 1 witnesses cosigned" in said


def test_our_witness_cosigns_for_it(client, record, tmp_path):
    own = Witness("witness.example/w2", record.signing_key(), record.verifiers, tmp_path / "seen")
    server = WitnessServer(own, port=0)
    with served(server, server.address) as witness:
        for size in (10, 260):
            grow(record, size)
            with shown(record.path) as url:
                vkey = str(record.verifiers[0])
                line = client("feed", "-url", f"{url}/ledger", "-witness", witness, "-vkey", vkey)
            assert line.startswith("— witness.example/w2 ")
            assert own.seen("example.org/heritage").size == size


def _await(port):
    for _ in range(1200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError("the witness did not start")
