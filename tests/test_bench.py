"""Every benchmark says what it measures and how it is called."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BENCHES = [
    path for path in sorted((ROOT / "bench").glob("*/*.py")) if '__name__ == "__main__"' in path.read_text("utf-8")
]
ASK = """
import contextlib, io, json, runpy, sys, traceback
from pathlib import Path
known, said, path_at_first = set(sys.modules), {}, list(sys.path)
for path in map(Path, json.loads(sys.argv[1])):
    for name in set(sys.modules) - known:
        if Path(getattr(sys.modules[name], "__file__", None) or "/").is_relative_to(path.parents[1]):
            del sys.modules[name]
    sys.argv, sys.path, out = [str(path), "--help"], [str(path.parent), *path_at_first], io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            runpy.run_path(str(path), run_name="__main__")
        except SystemExit as ended:
            print(ended.code if isinstance(ended.code, str) else "")
        except BaseException:
            traceback.print_exc()
    said[str(path)] = out.getvalue()
print(json.dumps(said))
"""


@pytest.mark.slow
@pytest.mark.long
def test_every_benchmark_answers_help():
    """All are asked in one process, so that what they import is imported once."""
    asked = [
        path for path in BENCHES if path.stem != "bench_stack" or find_spec("odc")
    ]  # it compares with the group bench
    paths = json.dumps([str(path) for path in asked])
    ran = subprocess.run([sys.executable, "-c", ASK, paths], capture_output=True, text=True, check=True, cwd=ROOT)
    said = json.loads(ran.stdout.splitlines()[-1])
    assert {path: text[-400:] for path, text in said.items() if "Traceback" in text} == {}
    assert [path for path, text in said.items() if Path(path).name not in text] == [], "help says how they are called"
    assert len(said) == len(asked) > 10
