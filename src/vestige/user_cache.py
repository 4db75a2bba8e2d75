"""Where what is derived and may be deleted at any time lies."""

import os
import sys
import tempfile
from pathlib import Path


def cache_folder() -> Path:
    """Give the folder for what can be made again: ``VESTIGE_CACHE``, or the platform's cache folder for this user."""
    if chosen := os.environ.get("VESTIGE_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", tempfile.gettempdir())) / "vestige"
    if sys.platform == "darwin":
        return Path("~/Library/Caches/vestige").expanduser()
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "vestige"
