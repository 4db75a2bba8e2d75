"""Where batches run: threads here, processes here, or a Dask cluster. A batch is data, so any of them gives the same."""

import ipaddress
import multiprocessing
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor as Pool
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

from vestige.errors import EnvironmentFault, InputError, MissingExtraError

Task = TypeVar("Task")
Result = TypeVar("Result")
_LOOKS_UP = 0.5
"""Seconds after which a thread that waits sees that the user has stopped it."""


class Executor(Protocol):
    """Runs one function over many independent tasks. Tasks and results can be pickled; running one twice does no harm."""

    def map(self, function: Callable[[Task], Result], tasks: Sequence[Task]) -> Generator[Result, None, None]:
        """Give each task's result once, in any order; raise what the function raises. Closed, it begins no more tasks."""


class ThreadExecutor:
    """This process. Four batches at a time, so that others go on while the last answers of one come in."""

    def __init__(self, batches: int = 4) -> None:
        self.batches = batches

    def map(self, function: Callable[[Task], Result], tasks: Sequence[Task]) -> Generator[Result, None, None]:
        """See `Executor.map`."""
        yield from _as_completed(ThreadPoolExecutor(self.batches, thread_name_prefix="batch"), function, tasks)


class ProcessExecutor:
    """Several processes of this machine, for work that unpacking dominates."""

    def __init__(self, processes: int) -> None:
        self.processes = processes

    def map(self, function: Callable[[Task], Result], tasks: Sequence[Task]) -> Generator[Result, None, None]:
        """See `Executor.map`. Processes are spawned, not forked: a fork would copy locks that threads hold."""
        context = multiprocessing.get_context("spawn")
        yield from _as_completed(ProcessPoolExecutor(self.processes, mp_context=context), function, tasks)


def _as_completed(
    pool: Pool, function: Callable[[Task], Result], tasks: Sequence[Task]
) -> Generator[Result, None, None]:
    try:
        for future in as_they_end(pool.submit(function, task) for task in tasks):
            yield future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def as_they_end(futures: Iterable[Future[Result]]) -> Iterator[Future[Result]]:
    """Give each future when it has ended, and look up now and then.

    The system may hand an interrupt to any thread. Only the main one acts on it, and one that waits without a limit is not
    woken: a Ctrl-C would be lost until the next answer comes.
    """
    ended: SimpleQueue[Future[Result]] = SimpleQueue()
    left = 0
    for future in futures:
        future.add_done_callback(ended.put)
        left += 1
    while left:
        try:
            future = ended.get(timeout=_LOOKS_UP)
        except Empty:
            continue
        left -= 1
        yield future


class DaskExecutor:
    """A Dask cluster, by the address of its scheduler (``tls://host:8786``, or ``tcp://127.0.0.1:8786``).

    With TLS, authority, certificate and key are those that Dask's own settings name (``distributed.comm.tls``).

    A worker that dies takes nothing with it: the scheduler gives its batches to another, ``retries`` times over. Workers
    need Vestige installed and the credentials of the sign-in in their own environment.
    """

    def __init__(self, address: str, *, retries: int = 5) -> None:
        self.address, self.retries = address, retries

    def map(self, function: Callable[[Task], Result], tasks: Sequence[Task]) -> Generator[Result, None, None]:
        """See `Executor.map`."""
        try:
            import distributed
        except ImportError as error:
            raise MissingExtraError("dask", "distributed") from error
        try:
            security: Any = distributed.Security() if self.address.startswith("tls:") else None  # type: ignore[no-untyped-call]
            client: Any = distributed.Client(self.address, timeout=30, security=security)  # type: ignore[no-untyped-call]
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            raise EnvironmentFault("no Dask scheduler answers", where=self.address) from error
        with client:
            futures = [client.submit(function, task, pure=False, retries=self.retries) for task in tasks]
            for future in distributed.as_completed(futures):  # type: ignore[no-untyped-call]
                result: Any = future.result()
                future.release()
                yield result


def _loopback(address: str) -> bool:
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def make_executor(text: str) -> Executor:
    """Make an executor from ``threads``, ``processes:N`` or the address of a Dask scheduler."""
    name, _, rest = text.partition(":")
    if text == "threads":
        return ThreadExecutor()
    if name == "processes" and rest.isdigit() and int(rest) > 0:
        return ProcessExecutor(int(rest))
    if name == "tcp" and not _loopback(text):
        raise InputError(
            "a Dask scheduler without TLS is asked on this machine only: what it sends is run as code",
            where=text,
            hint="start it with TLS and say tls://host:8786, its certificates as Dask's settings name them; or forward its port to tcp://127.0.0.1:8786",
        )
    if name in {"tcp", "tls"}:
        return DaskExecutor(text)
    raise InputError(
        f"there is no executor {text!r}",
        hint="say threads, processes:4 or the address of a Dask scheduler: tls://host:8786",
    )
