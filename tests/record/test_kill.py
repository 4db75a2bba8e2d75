import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.variants import LONG


@pytest.mark.slow
def test_no_kill_loses_an_acknowledged_entry(tmp_path):
    """Forty kills, with VESTIGE_LONG 200; VESTIGE_KILLS sets any other number."""
    kills = os.environ.get("VESTIGE_KILLS") or ("200" if LONG else "40")
    script = Path(__file__).with_name("kill_rounds.py")
    run = subprocess.run([sys.executable, script, tmp_path, kills], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    assert run.stdout.startswith(f"{kills} kills")
