"""A published folder on this machine: by the server that Vestige brings, or by a host that gives files only whole."""

import contextlib
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from vestige.publishing import SiteServer


class _WholeFiles(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    extensions_map: ClassVar = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".js": "text/javascript"}

    def log_message(self, *args):
        pass


@contextlib.contextmanager
def serve(folder: Path, *, ranges: bool = True) -> Iterator[str]:
    """Serve a folder on a free port of this machine; give its address with a closing slash."""
    server: http.server.HTTPServer = (
        SiteServer(folder, port=0)
        if ranges
        else http.server.ThreadingHTTPServer(("127.0.0.1", 0), lambda *args: _WholeFiles(*args, directory=str(folder)))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
