"""A publication that is killed leaves nobody behind who works for it."""

import subprocess
import sys

import pytest

from vestige.entries import Draft, Name, Site
from vestige.publishing import publish
from vestige.record import Record

PUBLISHER = """
import signal
import sys
from pathlib import Path
from vestige.publishing import publish
from vestige.record import Record


def stop(_done, _whole):
    print("working", flush=True)
    signal.pause()


if __name__ == "__main__":
    with Record.open(Path(sys.argv[1])) as record:
        publish(record, Path(sys.argv[2]), workers=2, progress=stop)
"""


@pytest.fixture
def many(tmp_path):
    record = Record.create(tmp_path / "record", "Many", origin="test.example/many")
    record.append(*(Draft(Site(names=(Name(text=f"Site {number}"),))) for number in range(700)))
    yield record
    record.close()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_killed_publication_leaves_no_process_and_is_taken_up_again(many, tmp_path):
    program = tmp_path / "publisher.py"
    program.write_text(PUBLISHER)
    command = [sys.executable, str(program), str(many.path), str(tmp_path / "site")]
    publisher = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert publisher.stdout.readline() == "working\n"
    publisher.kill()
    # Whoever works for it holds the other end of its output: there is no end of it before the last of them has ended.
    publisher.communicate(timeout=60)
    assert publish(many, tmp_path / "site", workers=1).full
