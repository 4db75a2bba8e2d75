"""A static host for a folder, with or without HTTP ranges, that remembers what was asked for."""

import contextlib
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar


class _Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # small answers must not wait 40 ms for an acknowledgement
    wbufsize = -1
    ranges = True
    extensions_map: ClassVar = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".pmtiles": "application/octet-stream",
    }

    def do_GET(self):
        found = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        path = Path(self.translate_path(self.path))
        if not (self.ranges and found and path.is_file()):
            super().do_GET()
            return
        data = path.read_bytes()
        part = data[int(found[1]) : int(found[2]) + 1]
        self.send_response(206)
        self.send_header("Content-Type", "application/octet-stream")
        self.send_header("Content-Range", f"bytes {found[1]}-{int(found[1]) + len(part) - 1}/{len(data)}")
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        self.wfile.write(part)

    def log_message(self, *args):
        pass


@contextlib.contextmanager
def serve(folder: Path, *, ranges: bool = True) -> Iterator[str]:
    """Serve a folder on a free port of this machine; give its address with a closing slash."""
    handler = type("Handler", (_Handler,), {"ranges": ranges})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), lambda *args: handler(*args, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
