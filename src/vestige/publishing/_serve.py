"""A small web server for one published folder: right media types, byte ranges for the base map, nothing outside the folder."""

import functools
import http.server
import os
import re
import socketserver
import sys
from http import HTTPStatus
from pathlib import Path
from typing import IO, Any

PRESERVED = "file"
"""The folder of preserved files: bytes from outside, which no browser may run on the record's origin."""
SANDBOX = "default-src 'none'; sandbox"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".xml": "application/xml",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".jsonld": "application/ld+json",
    ".csv": "text/csv; charset=utf-8",
    ".svg": "image/svg+xml",
    ".atom": "application/atom+xml",
    ".cff": "text/yaml; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".pmtiles": "application/vnd.pmtiles",
}
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class SiteServer(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """Serves one folder, by default to this machine only. ``port`` 0 takes a free one."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, root: Path, host: str = "127.0.0.1", port: int = 8000, *, quiet: bool = True) -> None:
        super().__init__((host, port), functools.partial(_Handler, root=root.resolve(), quiet=quiet))

    @property
    def address(self) -> str:
        """The address that a browser opens."""
        host, port = self.server_address[:2]
        return f"http://{host if isinstance(host, str) else host.decode()}:{port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a reader who left before all was sent: that is how people read."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Gives files of the folder, in whole or in part; never a listing, never a file behind a symbolic link."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else what follows the head waits some 40 ms for the reader to acknowledge it
    wbufsize = -1

    def __init__(self, *args: Any, root: Path, quiet: bool, **kwargs: Any) -> None:
        self._root, self._quiet = root, quiet
        self._left: int | None = None
        super().__init__(*args, directory=str(root), **kwargs)

    def send_head(self) -> IO[bytes] | None:  # type: ignore[override]
        """Answer with the head of a file, whole or a range of it, and give the file at its start."""
        self._left = None
        path = Path(self.translate_path(self.path)).resolve()
        if path.is_dir():
            if not self.path.split("?")[0].endswith("/"):
                self._redirect()
                return None
            path /= "index.html"
        if not path.is_file() or not path.resolve().is_relative_to(self._root):
            self._send_missing()
            return None
        file = path.open("rb")
        size = os.fstat(file.fileno()).st_size
        wanted = self._range(size)
        if wanted is None:
            file.close()
            self._refuse(size)
            return None
        first, last = wanted
        self._send_file_head(path, first, last, size)
        file.seek(first)
        self._left = last - first + 1
        return file

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Send as many bytes as were promised."""
        left = self._left or 0
        while left > 0 and (data := source.read(min(left, 1 << 16))):
            outputfile.write(data)
            left -= len(data)

    def end_headers(self) -> None:
        """Let pages from elsewhere read the files: all is public, and a checker that does not come from this host must be able to check it."""
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the library's
        """Say nothing when quiet."""
        if not self._quiet:
            super().log_message(format, *args)

    def _send_missing(self) -> None:
        """Answer with the record's own page for a wrong address, as static hosts do."""
        try:
            page = (self._root / "404.html").read_bytes()
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND, "Not found")
            return
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page)

    def _redirect(self) -> None:
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", self.path.split("?")[0] + "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _refuse(self, size: int) -> None:
        self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
        self.send_header("Content-Range", f"bytes */{size}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _range(self, size: int) -> tuple[int, int] | None:
        """Give the first and last byte that are wanted (RFC 9110, 14); None when there are no such bytes."""
        match = _RANGE.fullmatch(self.headers.get("Range", ""))
        if match is None or not (match[1] or match[2]):
            return 0, size - 1
        if not match[1]:
            return (max(0, size - int(match[2])), size - 1) if int(match[2]) else None
        first, last = int(match[1]), int(match[2]) if match[2] else size - 1
        return (first, min(last, size - 1)) if first < size and first <= last else None

    def _send_file_head(self, path: Path, first: int, last: int, size: int) -> None:
        partial = self.headers.get("Range") and (first, last) != (0, size - 1)
        self.send_response(HTTPStatus.PARTIAL_CONTENT if partial else HTTPStatus.OK)
        self.send_header("Content-Type", _type_of(path))
        self.send_header("Content-Length", str(last - first + 1))
        self.send_header("Accept-Ranges", "bytes")
        if partial:
            self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
        self.send_header("X-Content-Type-Options", "nosniff")
        if path.relative_to(self._root).parts[0] == PRESERVED:
            self.send_header("Content-Security-Policy", SANDBOX)
            self.send_header("Content-Disposition", f'attachment; filename="{path.name}.bin"')
        self.send_header("Cache-Control", _cached(path.relative_to(self._root)))
        self.end_headers()


def _cached(path: Path) -> str:
    """Say how long a file stays as it is: a tile of the ledger for ever, as C2SP tlog-tiles has it; anything else until it is published anew."""
    return "public, max-age=31536000" if path.parts[:2] == ("ledger", "tile") else "no-cache"


def _type_of(path: Path) -> str:
    """Give the media type of a file; of the checkpoint and the manifest that of signed notes, as C2SP tlog-tiles asks."""
    if path.name in {"checkpoint", "cosigned", "manifest"}:
        return "text/plain; charset=utf-8"
    return _TYPES.get(path.suffix, "application/octet-stream")
