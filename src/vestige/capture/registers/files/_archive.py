"""Archives, before a library unpacks them: nothing that unpacks to more than is reasonable."""

import io
import zipfile

from vestige.capture.registers._errors import RegisterError

LARGEST = 500_000_000
"""Bytes that an archive may unpack to."""
MOST_MEMBERS = 5_000


def check_archive(data: bytes) -> list[str]:
    """Give the members of an archive; raises RegisterError for a broken one and for one that would unpack to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise RegisterError(f"expected a ZIP archive, got a broken one: {error}") from error
    size = sum(member.file_size for member in members)
    if size > LARGEST or len(members) > MOST_MEMBERS:
        raise RegisterError(
            f"expected at most {LARGEST:,} bytes and {MOST_MEMBERS:,} files in an archive, got {size:,} and {len(members):,}"
        )
    if any(member.flag_bits & 1 for member in members):
        raise RegisterError("expected an open archive, got one with a password", hint="unpack it first")
    return [member.filename for member in members]


def unpack(data: bytes, name: str) -> bytes:
    """Give one member, never more than it said it holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(name) as member:
            content = member.read(LARGEST + 1)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, OSError, KeyError) as error:
        raise RegisterError(f"expected a ZIP archive, got a broken one: {error}") from error
    if len(content) > LARGEST:
        raise RegisterError(f"expected at most {LARGEST:,} bytes in an archive, got more")
    return content
