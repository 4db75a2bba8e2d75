"""Whether the scripts of a published site are those of a known version: a host, or a keeper, could publish a check that always says *unchanged*.

Known are the scripts of this very installation and those of released versions, which `builds.txt` beside this module lists.
"""

import hashlib
import importlib.resources
from collections.abc import Iterator, Mapping
from importlib.metadata import version

CHECKER = "assets/vestige-check.html"
"""Where a published site has the checker of one file."""
_CODE = (".js", ".html")


def own_scripts() -> dict[str, str]:
    """Give the SHA-256 of each script of this installation by its path in a published site; empty when it was built without them."""
    built = importlib.resources.files("vestige.publishing").joinpath("assets", "built")
    if not built.is_dir():
        return {}
    files = sorted((file for file in built.iterdir() if file.name.endswith(_CODE)), key=lambda file: file.name)
    return {f"assets/{file.name}": hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def known_scripts() -> dict[tuple[str, str], str]:
    """Give the version of each script that is known, by its path and SHA-256."""
    text = importlib.resources.files("vestige.publishing.checking").joinpath("builds.txt").read_text("utf-8")
    lines = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    released = {(path, digest): release for digest, path, release in lines}
    return released | {(path, digest): version("vestige") for path, digest in own_scripts().items()}


def about_scripts(files: Mapping[str, str]) -> str:
    """Say whose scripts a site has, by the SHA-256 of its files as its manifest lists them."""
    scripts = {path: digest for path, digest in files.items() if path.startswith("assets/") and path.endswith(_CODE)}
    if not scripts:
        return "the site has no scripts: its pages cannot check themselves"
    known = known_scripts()
    strange = [path for path, digest in scripts.items() if (path, digest) not in known]
    if not strange:
        return f"the scripts of the site are those of Vestige {' and '.join(sorted({known[script] for script in scripts.items()}))}"
    return f"no version of Vestige that is known here has these scripts, so do not rely on what the site says of itself: {', '.join(strange)}"


def lines(scripts: Mapping[str, str]) -> Iterator[str]:
    """Give one line a script, as `builds.txt` has them."""
    for path, digest in scripts.items():
        yield f"{digest}  {path}  {version('vestige')}"
