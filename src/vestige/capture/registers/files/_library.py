"""Asking a library of C or Rust for a table, in a process that is ended when it takes too much; see `_library_child`."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import msgspec

from vestige.capture.registers._errors import RegisterError

_CHILD = Path(__file__).with_name("_library_child.py")
SECONDS: Final = 60
"""Of processor time, and of the clock where the system bounds no processor time."""


def ask_library(form: str, *arguments: str, data: bytes = b"") -> dict[str, Any]:
    """Give what the child answers; ``form`` names the file in what is said of it. Raises RegisterError for what is broken, and for what asks for too much."""
    too_much = RegisterError(
        f"expected {form} of a register, got one that takes more memory or time than {SECONDS} seconds, 200,000 rows, 10 million cells or 2 GB",
        hint="save the sheet or layer that you mean as CSV",
    )
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_CHILD), str(SECONDS), *arguments], input=data, capture_output=True,
            timeout=2 * SECONDS, check=False, env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        )  # fmt: skip
        answer: dict[str, Any] = msgspec.json.decode(done.stdout)
    except (subprocess.TimeoutExpired, msgspec.DecodeError):
        raise too_much from None
    if "too_much" in answer:
        raise too_much
    if "error" in answer:
        raise RegisterError(f"expected {form}, got something broken: {answer['error'][:100]}")
    return answer
