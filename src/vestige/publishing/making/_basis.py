"""What every page depends on besides the entries: software, templates, catalogues, policy, address, styles and scripts, navigation."""

import hashlib
import importlib.resources
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources.abc import Traversable

import msgspec

import vestige
from vestige.entries import Policy
from vestige.publishing.data._files import writes_parquet
from vestige.publishing.pages._colour import colour_styles
from vestige.record import RecordReader


def read_assets() -> dict[str, bytes]:
    """Read the styles and scripts of the pages: those of the package and those that its build made."""
    folder = importlib.resources.files("vestige.publishing").joinpath("assets")
    found = {f"assets/{file.name}": file.read_bytes() for file in folder.iterdir() if file.is_file()}
    built = folder.joinpath("built")
    if built.is_dir():
        found |= {f"assets/{file.name}": file.read_bytes() for file in built.iterdir() if file.is_file()}
    return {path: data for path, data in found.items() if not path.endswith((".py", "/.gitignore"))}


LOGO = "assets/logo.png"
"""Where the logo of a record lies, from the root."""
_PNG = b"\x89PNG\r\n\x1a\n"


def brand_assets(record: RecordReader) -> dict[str, bytes]:
    """Give the files of a record's own look: its colour, and its logo where it is preserved and a PNG, which runs nothing."""
    policy, found = record.policy, {}
    if policy.colour:
        found["assets/brand.css"] = colour_styles(policy.colour)
    if policy.logo and record.files.exists(policy.logo) and (data := record.files.read(policy.logo)).startswith(_PNG):
        found[LOGO] = data
    return found


def basis_of(
    policy: Policy, base_url: str | None, assets: Mapping[str, bytes], navigation: Sequence[tuple[str, str]] = ()
) -> str:
    """Give a digest of all that every page depends on; when it changes, every page is made anew.

    ``navigation`` is the part of it that stands only where the record holds acts.
    """
    digest = hashlib.sha256(f"{vestige.__version__} {base_url} {writes_parquet()}".encode())
    digest.update(msgspec.json.encode((policy, navigation)))
    for path, file in _software(importlib.resources.files("vestige.publishing")):
        digest.update(path.encode() + hashlib.sha256(file.read_bytes()).digest())
    for path, data in sorted(assets.items()):
        digest.update(path.encode() + hashlib.sha256(data).digest())
    return digest.hexdigest()


def _software(folder: Traversable, path: str = "") -> Iterator[tuple[str, Traversable]]:
    """Walk code, templates and catalogues, in all folders of the package but that of the assets, which count by what is published of them."""
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        inside = f"{path}{file.name}"
        if file.is_file():
            yield inside, file
        elif inside != "assets" and file.name != "__pycache__":
            yield from _software(file, f"{inside}/")
