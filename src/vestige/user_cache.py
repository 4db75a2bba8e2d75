"""Where what is derived and may be deleted at any time lies."""

import os
from pathlib import Path


def cache_folder() -> Path:
    """Give this user's folder for it: ``$XDG_CACHE_HOME/vestige``, else ``~/.cache/vestige``."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vestige"
