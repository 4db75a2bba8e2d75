"""The optional parts of Vestige: whether the package that one rests on is installed."""

import importlib
import importlib.metadata
import importlib.util
import re
from types import ModuleType

from vestige.errors import MissingExtraError

_OPTIONAL = re.compile(r"""(?P<name>[\w.-]+)[^;]*;.*extra == ['"](?P<extra>[\w-]+)['"]""")


def is_installed(package: str) -> bool:
    """Tell whether a package can be imported, without importing it."""
    try:
        return importlib.util.find_spec(package) is not None
    except ModuleNotFoundError:
        return False


def part(extra: str, package: str) -> ModuleType:
    """Import a package of an optional part. Raises MissingExtraError, which says how to install it, where it is not there."""
    try:
        return importlib.import_module(package)
    except ModuleNotFoundError as error:
        raise MissingExtraError(extra, package) from error


def extra_of(module: str) -> str | None:
    """Give the optional part that brings the package of a module, by the metadata of the installed Vestige; None for any other."""
    package = module.partition(".")[0].replace("_", "-").lower()
    for line in importlib.metadata.requires("vestige") or ():
        match = _OPTIONAL.match(line)
        if match and match["name"].lower().replace("_", "-") in {package, f"python-{package}"}:
            return match["extra"]
    return None
