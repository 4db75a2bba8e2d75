"""A witness on the web: one address, bounded in bytes, time and connections."""

import functools
import http.server
import socket
import socketserver
import sys
import threading
from typing import Any

from vestige.errors import VestigeError
from vestige.witnessing._request import LARGEST_REQUEST
from vestige.witnessing._witness import PLAIN, Reply, Witness

MOST_CONNECTIONS = 32
SILENCE = 10
"""Seconds that a caller may be silent."""
LIFE = 60
"""Seconds of a connection in all, however it drips."""


class WitnessServer(socketserver.ThreadingMixIn, http.server.HTTPServer):
    """Answers ``POST …/add-checkpoint`` for a witness. ``port`` 0 takes a free one; ``life`` are the seconds of one connection."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = MOST_CONNECTIONS

    def __init__(self, witness: Witness, host: str = "127.0.0.1", port: int = 8081, *, life: float = LIFE) -> None:
        self._free = threading.BoundedSemaphore(MOST_CONNECTIONS)
        super().__init__((host, port), functools.partial(_Handler, witness=witness, life=life))

    @property
    def address(self) -> str:
        """The address that a log is given: the submission prefix."""
        host, port = self.server_address[:2]
        return f"http://{host if isinstance(host, str) else host.decode()}:{port}"

    def process_request(self, request: Any, client_address: Any) -> None:
        """Hand a connection to a thread of its own, or close it at once where there are too many."""
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve a connection and make room for the next."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a caller who left or was cut off."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = SILENCE

    def __init__(self, *args: Any, witness: Witness, life: float, **kwargs: Any) -> None:
        self._witness, self._life = witness, life
        super().__init__(*args, **kwargs)

    def handle(self) -> None:
        """Serve one connection, which is cut when its time is over."""
        watch = threading.Timer(self._life, _cut, [self.connection])
        watch.daemon = True
        watch.start()
        try:
            super().handle()
        finally:
            watch.cancel()

    def do_POST(self) -> None:
        """Answer a checkpoint."""
        if self.path != "/add-checkpoint":
            self._refuse(404, b"this witness answers at /add-checkpoint\n")
            return
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit():
            self._refuse(411, b"expected a Content-Length\n")
        elif int(length[:12]) > LARGEST_REQUEST:
            self._refuse(413, b"expected at most %d bytes\n" % LARGEST_REQUEST)
        else:
            self._answer(self.rfile.read(int(length)), int(length))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the library's
        """Keep no list of who asked."""

    def _answer(self, body: bytes, length: int) -> None:
        if len(body) < length:
            self.close_connection = True
            return
        try:
            reply = self._witness.add_checkpoint(body)
        except VestigeError as error:
            print(f"not cosigned: {error}", file=sys.stderr)
            reply = Reply(500, b"the witness cannot remember what it sees\n")
        self._send(reply)

    def _refuse(self, status: int, why: bytes) -> None:
        self.close_connection = True  # what else was sent is not read
        self._send(Reply(status, why, PLAIN))

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.media)
        self.send_header("Content-Length", str(len(reply.body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(reply.body)


def _cut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
