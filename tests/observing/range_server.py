"""A real HTTP server for files, with range requests, a latency for each request, and faults on demand.

For tests it runs in a thread: ``with RangeServer(folder) as server``. For measurements it runs as a process of its own:
``python range_server.py FOLDER --latency 0.03`` prints its address, and ``/_stats`` tells what was asked of it.
"""

import argparse
import asyncio
import json
import os
import sys
import threading
from collections import deque
from collections.abc import Callable  # noqa: TC003
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True)
class Fault:
    """What to do wrong: answer ``status``, ``truncate`` the body, ``ignore_range``, or send another ``etag``."""

    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    truncate: bool = False
    ignore_range: bool = False
    etag: str | None = None


@dataclass(frozen=True)
class Request:
    method: str
    target: str
    headers: dict[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.target).path)

    @property
    def query(self) -> str:
        return urlsplit(self.target).query


Answer = tuple[int, dict[str, str], bytes]


class RangeServer:
    """Files under ``root``, ``routes`` by path prefix, and ``faults`` by path: a deque is used up, one a request."""

    def __init__(self, root: Path, *, latency: float = 0.0, host: str = "127.0.0.1") -> None:
        self.root, self.latency, self.host = root, latency, host
        self.faults: dict[str, deque[Fault] | Fault] = {}
        self.routes: dict[str, Callable[[Request], Answer]] = {}
        self.requests: list[Request] = []
        self.sent = 0
        self._loop = asyncio.new_event_loop()
        self.port = 0

    def __enter__(self) -> Self:
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(60), "the server has not started"
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(60)

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def forget(self) -> None:
        self.requests.clear()
        self.sent = 0

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self.start())
        ready.set()
        self._loop.run_forever()
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        with suppress(asyncio.CancelledError):
            self._loop.run_until_complete(asyncio.gather(*tasks, return_exceptions=True))
        self._server.close()
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._serve, self.host, 0, limit=1 << 20, backlog=512)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await self._request(reader):
                self.requests.append(request)
                if self.latency and not request.path.startswith("/_"):
                    await asyncio.sleep(self.latency)
                if not await self._respond(request, writer):
                    break
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    async def _request(self, reader: asyncio.StreamReader) -> Request | None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, _ = first.split(" ", 2)
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines if line)}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        return Request(method, target, headers, body)

    async def _respond(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        fault = self._fault(request.path)
        status, headers, body = self._answer(request, fault)
        length = len(body)
        lines = {"Content-Length": str(length), "Accept-Ranges": "bytes", **headers}
        head = f"HTTP/1.1 {status} -\r\n" + "".join(f"{k}: {v}\r\n" for k, v in lines.items()) + "\r\n"
        cut = fault is not None and fault.truncate
        sent = body[: length // 2] if cut else body
        if request.method == "HEAD":
            sent = b""
        self.sent += len(sent)  # before the client can see the end of it and ask
        writer.write(head.encode("latin-1"))
        writer.write(sent)
        await writer.drain()
        return not cut

    def _fault(self, path: str) -> Fault | None:
        fault = self.faults.get(path)
        if isinstance(fault, deque):
            return fault.popleft() if fault else None
        return fault

    def _answer(self, request: Request, fault: Fault | None) -> Answer:
        if fault and fault.status:
            return fault.status, fault.headers, fault.body
        for prefix, route in self.routes.items():
            if request.path.startswith(prefix):
                return route(request)
        if request.path == "/_stats":
            body = {"requests": sum(not r.path.startswith("/_") for r in self.requests), "sent": self.sent}
            self.forget()
            return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()
        return self._file(request, fault)

    def _file(self, request: Request, fault: Fault | None) -> Answer:
        path = (self.root / request.path.lstrip("/")).resolve()
        if not path.is_file() or self.root.resolve() not in path.parents:
            return 404, {}, b"no such file"
        stat = path.stat()
        size = stat.st_size
        headers = {"ETag": fault.etag if fault and fault.etag else f'"{stat.st_mtime_ns:x}-{size:x}"'}
        asked = request.headers.get("range", "")
        if not asked.startswith("bytes=") or (fault and fault.ignore_range):
            return 200, headers, path.read_bytes()
        start_text, _, end_text = asked.removeprefix("bytes=").partition("-")
        start = int(start_text)
        end = min(int(end_text) if end_text else size - 1, size - 1)
        if start >= size:
            return 416, {"Content-Range": f"bytes */{size}"}, b""
        with path.open("rb") as file:
            data = os.pread(file.fileno(), end - start + 1, start)
        return 206, {**headers, "Content-Range": f"bytes {start}-{end}/{size}"}, data


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("--latency", type=float, default=0.03)
    arguments = parser.parse_args()

    async def run() -> None:
        server = RangeServer(arguments.root, latency=arguments.latency)
        await server.start()
        print(server.url, flush=True)
        await asyncio.Event().wait()

    with suppress(KeyboardInterrupt):
        asyncio.run(run())
    sys.exit(0)


if __name__ == "__main__":
    main()
