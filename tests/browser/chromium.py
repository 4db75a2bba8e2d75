"""Finding a Chromium, or installing one: Debian's by apt-get, else the one that Playwright brings."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FONTS = ("fonts-noto-core", "fonts-dejavu-core")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",  # pages are drawn faster without a software renderer between
    "--enable-unsafe-swiftshader",  # which WebGL needs
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """Give the path of a Chromium: named by VESTIGE_CHROMIUM, on the PATH, or Playwright's own."""
    named = os.environ.get("VESTIGE_CHROMIUM")
    if named:
        return named
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    return on_path or _playwrights_own()


def find_or_install() -> str:
    """Give the path of a Chromium, after installing one where there is none; raises RuntimeError when that fails."""
    with Path(tempfile.gettempdir(), "vestige-chromium.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one of several test processes installs, the others wait
        return find() or _install()


def _install() -> str:
    if shutil.which("apt-get") and os.geteuid() == 0:
        _try("apt-get", "update", "-q")
        _try("apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium", *FONTS)
    if find() is None:
        _try(
            sys.executable,
            "-m",
            "playwright",
            "install",
            "--with-deps" if os.geteuid() == 0 else "chromium",
            "chromium",
        )
    found = find()
    if found is None:
        raise RuntimeError("expected a Chromium to drive; install one, or name one in VESTIGE_CHROMIUM")
    return found


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _try(*command: str) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, check=False, capture_output=True, timeout=420, env=environment)


if __name__ == "__main__":
    print(find_or_install())
