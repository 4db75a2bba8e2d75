"""Doing the work of tiles: in this process when it is little, else shared out."""

import collections
import concurrent.futures
import multiprocessing
from collections.abc import Iterator, Sequence
from typing import Any

from vestige.publishing._plan import Task
from vestige.publishing._tile_work import TileResult, TileWorker, decode_result, start_process, work_in_process

_PARALLEL_FROM = 600
"""Things from which starting processes pays."""


def do_tasks(tasks: Sequence[Task], worker: TileWorker, workers: int, start: tuple[Any, ...]) -> Iterator[TileResult]:
    """Give the results in the order of the tasks. ``start`` is what a process needs to set itself up."""
    if sum(len(task.abouts) for task in tasks) < _PARALLEL_FROM or workers < 2 or len(tasks) < 2:
        yield from map(worker.work, tasks)
        return
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(workers, context, start_process, start) as pool:
        waiting: collections.deque[concurrent.futures.Future[bytes]] = collections.deque()
        for task in tasks:
            waiting.append(pool.submit(work_in_process, task))
            if len(waiting) > 2 * workers:
                yield decode_result(waiting.popleft().result())
        while waiting:
            yield decode_result(waiting.popleft().result())
