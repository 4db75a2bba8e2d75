"""The text of a PDF's pages, made in a process of its own: it may hang or swell, and is ended then. Imports nothing of Vestige.

Reads the file from standard input and writes one JSON document to standard output: ``pages``, ``count``, ``info`` or ``error``.
"""

import contextlib
import io
import json
import logging
import sys
import time
from typing import Any

SECONDS, MOST_BYTES, MOST_PAGES, MOST_LETTERS = 60, 1_500_000_000, 10_000, 20_000_000


def bounded() -> None:
    """Bound memory and processor time of this process, where the system has such bounds."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (2 * SECONDS, 2 * SECONDS))


def read_pdf(data: bytes) -> dict[str, Any]:
    """Give the text of each page, how many there are, and title, author and date as the file says them."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return {"error": "it is encrypted with a password"}
    started, letters = time.monotonic(), 0
    pages: list[str] = []
    count = len(reader.pages)
    for number in range(min(count, MOST_PAGES)):
        if time.monotonic() - started > SECONDS or letters > MOST_LETTERS:
            break
        pages.append(page_text(reader, number))
        letters += len(pages[-1])
    return {"pages": pages, "count": count, "info": information(reader)}


def page_text(reader: Any, number: int) -> str:
    """Give the text of one page; nothing where the page is broken."""
    try:
        text: str = reader.pages[number].extract_text()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a broken page raises anything, and the others are still read
        return ""
    return text


def information(reader: Any) -> dict[str, str]:
    """Give title, author and day of making, as far as the file says them."""
    with contextlib.suppress(Exception):
        found = reader.metadata or {}
        return {key: str(found[f"/{key}"])[:2000] for key in ("Title", "Author", "CreationDate") if f"/{key}" in found}
    return {}


def main() -> None:
    """Read a PDF from standard input."""
    bounded()
    logging.disable(logging.CRITICAL)
    sys.setrecursionlimit(3000)
    try:
        answer = read_pdf(sys.stdin.buffer.read())
    except Exception as error:  # noqa: BLE001 - whatever a broken file does is said in one line
        answer = {"error": f"{type(error).__name__}: {error}"[:300]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
