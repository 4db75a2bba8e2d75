"""Every benchmark says what it measures and how it is called."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCHES = [
    path
    for path in sorted((Path(__file__).resolve().parents[1] / "bench").glob("*/*.py"))
    if '__name__ == "__main__"' in path.read_text("utf-8")
]


@pytest.mark.slow
@pytest.mark.parametrize("path", BENCHES, ids=lambda path: path.stem)
def test_a_benchmark_answers_help(path):
    if path.stem == "bench_stack":
        pytest.importorskip("odc.stac", reason="compares with odc-stac, which the group bench holds")
    ran = subprocess.run([sys.executable, path, "--help"], capture_output=True, text=True, cwd=path.parent, check=False)
    said = ran.stdout + ran.stderr
    assert "Traceback" not in said, said[-400:]
    assert path.name in said, "its help says how it is called"
