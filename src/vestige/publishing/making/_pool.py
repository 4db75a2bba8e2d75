"""Doing the work of tiles: in this process when it is little, else shared out."""

import collections
import concurrent.futures
import multiprocessing
from collections.abc import Iterator, Sequence
from typing import Any, Self

from vestige.publishing.making._plan import Task
from vestige.publishing.making._tile_work import (
    TileResult,
    TileWorker,
    decode_result,
    is_ready,
    start_process,
    work_in_process,
)

_PARALLEL_FROM = 600
"""Things, or entries, from which starting processes pays."""


class Processes:
    """The processes that a large publication is shared out to; ``start`` is what each needs to set itself up.

    They load what they need for as long as a second, so they may begin before it is known what there is to do.
    """

    def __init__(self, workers: int, start: tuple[Any, ...]) -> None:
        self._workers = workers
        self._start = start
        self._pool: concurrent.futures.ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def begin(self, size: int) -> None:
        """Begin to set the processes up, when ``size`` things or entries are worth it and there are several to be had."""
        if self._pool is None and size >= _PARALLEL_FROM and self._workers > 1:
            context = multiprocessing.get_context("spawn")
            self._pool = concurrent.futures.ProcessPoolExecutor(self._workers, context, start_process, self._start)
            for _ in range(self._workers):
                self._pool.submit(is_ready)  # a process is started when it is given something to do

    def do_tasks(self, tasks: Sequence[Task], worker: TileWorker) -> Iterator[TileResult]:
        """Give the results in the order of the tasks; little work is done by ``worker``, here."""
        if len(tasks) > 1:
            self.begin(sum(len(task.abouts) for task in tasks))
        if self._pool is None:
            yield from map(worker.work, tasks)
            return
        waiting: collections.deque[concurrent.futures.Future[bytes]] = collections.deque()
        for task in tasks:
            waiting.append(self._pool.submit(work_in_process, task))
            if len(waiting) > 2 * self._workers:
                yield decode_result(waiting.popleft().result())
        while waiting:
            yield decode_result(waiting.popleft().result())
        self._end()

    def _end(self) -> None:
        """Wait until the processes have ended: their memory is free for what comes after them."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None
