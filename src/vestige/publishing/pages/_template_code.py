"""Compiled templates: kept in the process for the environments of all languages, and in the user's cache for the next process.

Code is taken from this user's own files in this user's own folder alone (`vestige.user_cache`). A damaged or foreign file is passed over.
"""

import contextlib
import functools
import hashlib
import importlib.resources
import importlib.util
import marshal
import os
import tempfile
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

import vestige
from vestige.durable import own_folder
from vestige.user_cache import cache_folder, is_ours

_DIGEST = hashlib.sha256().digest_size


class TemplateCode(BytecodeCache):
    """The compiled templates of this process, backed by a folder."""

    def __init__(self) -> None:
        self._code: dict[str, Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code if it was compiled before."""
        name = self._name(bucket)
        if name not in self._code:
            self._code[name] = _read(cache_folder() / "templates" / name)
        bucket.code = self._code[name]

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        name = self._name(bucket)
        self._code[name] = bucket.code
        with contextlib.suppress(OSError):
            _write(cache_folder() / "templates" / name, marshal.dumps(bucket.code))

    def _name(self, bucket: Bucket) -> str:
        """Name the code by all that it comes from: source, compiler, and the module that sets the compiler up."""
        parts = (
            bucket.key,
            bucket.checksum,
            jinja2.__version__,
            vestige.__version__,
            importlib.util.MAGIC_NUMBER.hex(),
        )
        return hashlib.sha256("\n".join(parts).encode() + _compiler_setting()).hexdigest()


@functools.cache
def _compiler_setting() -> bytes:
    return importlib.resources.files("vestige.publishing").joinpath("pages", "_environment.py").read_bytes()


def _read(path: Path) -> Any:
    """Give the code in a file; None when there is none, or not the one that was written."""
    if not is_ours(path):
        return None
    try:
        data = path.read_bytes()
    except OSError:
        return None
    if hashlib.sha256(data[_DIGEST:]).digest() != data[:_DIGEST]:
        return None
    return marshal.loads(data[_DIGEST:])  # noqa: S302 - ours, see above


def _write(path: Path, code: bytes) -> None:
    own_folder(path.parent)
    with tempfile.NamedTemporaryFile("wb", dir=path.parent, delete=False) as file:
        file.write(hashlib.sha256(code).digest() + code)
    os.replace(file.name, path)  # noqa: PTH105
