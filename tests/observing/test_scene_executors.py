"""The same plan under every executor: the same bytes, even when a worker is killed in the middle."""

import os
import signal
import socket
import subprocess
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from scenery import write_scenery
from test_plan import SITES, plan_of

from vestige.errors import EnvironmentFault, InputError
from vestige.observing.scenes import (
    DaskExecutor,
    ProcessExecutor,
    ReaderSettings,
    ThreadExecutor,
    _read,
    make_executor,
    read_scenes,
    reader_for,
)
from vestige.observing.scenes._read import READERS, Readers, read_batch

PLAIN = ReaderSettings(allow_private=True, connections=4)


def encoded(scenes):
    return msgspec.msgpack.encode((scenes.chips, scenes.findings))


@pytest.fixture
def plan(server):
    items = write_scenery(server.root, dates=8, href=server.url)
    (server.root / "scene003_vh.tif").unlink()
    return plan_of(items, SITES, PLAIN)


def test_processes_give_the_bytes_of_threads(plan):
    local = read_scenes(plan, PLAIN, batch_requests=3)
    assert encoded(local) == encoded(read_scenes(plan, PLAIN, executor=ThreadExecutor(1)))
    assert encoded(local) == encoded(read_scenes(plan, PLAIN, executor=ProcessExecutor(2), batch_requests=3))


def test_results_are_told_as_they_come(plan):
    told = []
    scenes = read_scenes(plan, PLAIN, on_result=lambda *one: told.append(one), batch_requests=2)
    assert {file.href for file, _ in told} == {file.href for file in plan.files}
    assert sum(r.bytes for _, r in told) == scenes.bytes


def test_who_asks_at_once_gets_one_reader(monkeypatch):
    """Making one takes time: a cache is opened, pools are made; whoever asks in the meantime waits for it."""
    made, asking = [], threading.Barrier(8)
    whole = _read.Reader

    def slow(settings):
        made.append(settings)
        asking_done.wait(0.05)
        return whole(settings)

    asking_done = threading.Event()
    monkeypatch.setattr(_read, "Reader", slow)
    readers = Readers()

    def ask(_):
        asking.wait(60)
        return readers.one(PLAIN)

    with ThreadPoolExecutor(8) as pool:
        given = set(pool.map(ask, range(8)))
    assert len(given) == len(made) == 1
    readers.clear()


def test_the_readers_that_are_kept_are_few():
    readers = Readers(most=2)
    kept = [readers.one(ReaderSettings(connections=number)) for number in (1, 2, 3)]
    assert readers.one(ReaderSettings(connections=3)) is kept[2]
    assert readers.one(ReaderSettings(connections=1)) is not kept[0]
    readers.clear()


def test_a_batch_left_over_from_a_stopped_run_reads_nothing(plan, server):
    def stop(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_scenes(plan, PLAIN, on_result=stop, batch_requests=1)
    stopped, left = READERS.one(PLAIN), _read.batches(plan, PLAIN)[0]
    assert stopped.stopped
    asked = stopped.source.http.sent
    with pytest.raises(RuntimeError):
        read_batch(left)
    assert stopped.source.http.sent == asked
    assert reader_for(PLAIN) is not stopped
    assert read_batch(left).results


def test_executors_are_made_from_words():
    assert isinstance(make_executor("threads"), ThreadExecutor)
    assert make_executor("processes:3").processes == 3
    assert make_executor("tls://10.0.0.1:8786").address == "tls://10.0.0.1:8786"
    assert make_executor("tcp://[::1]:8786").address == "tcp://[::1]:8786"
    with pytest.raises(InputError, match="on this machine only"):
        make_executor("tcp://10.0.0.1:8786")
    for words in ("magic", "processes", "processes:0", "processes:x", ""):
        with pytest.raises(InputError, match="executor"):
            make_executor(words)


@contextmanager
def dask_cluster(folder: Path, workers: int):
    """A scheduler and workers as processes of their own, as on a real cluster; gives its address and the workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    environment = {**os.environ, "DASK_DISTRIBUTED__DASHBOARD__ENABLED": "false"}
    quiet = {
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "env": environment,
        "cwd": folder,
        "start_new_session": True,
    }
    base = [sys.executable, "-m", "distributed.cli"]
    processes = [
        subprocess.Popen(
            [*base[:2], "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"],
            **quiet,
        )
    ]
    processes += [
        subprocess.Popen([*base[:2], "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder / f"w{n}"), "--name", f"w{n}"], **quiet)
        for n in range(workers)
    ]  # fmt: skip
    try:
        yield address, processes[1:]
    finally:
        for process in processes:
            process.kill()
            process.wait(30)


@pytest.mark.slow
@pytest.mark.long
def test_dask_gives_the_same_bytes_when_a_worker_is_killed_in_the_middle(plan, server, tmp_path):
    distributed = pytest.importorskip("distributed")
    local = read_scenes(plan, PLAIN)
    with dask_cluster(tmp_path, 2) as (address, workers):
        with distributed.Client(address, timeout=60) as client:
            client.wait_for_workers(2, timeout=120)
        server.latency = 0.15
        killed = threading.Event()

        def kill(*_):
            if not killed.is_set():
                killed.set()
                os.kill(workers[0].pid, signal.SIGKILL)

        scenes = read_scenes(plan, PLAIN, executor=DaskExecutor(address), on_result=kill, batch_requests=1)
        workers[0].wait(30)
        assert killed.is_set()
        with distributed.Client(address, timeout=60) as client:
            assert len(client.scheduler_info()["workers"]) == 1
    assert encoded(scenes) == encoded(local)
    assert len(scenes.chips) == plan.chips


def test_a_scheduler_that_is_not_there_is_one_clear_error(plan, monkeypatch):
    distributed = pytest.importorskip("distributed")

    def refuse(*_, **__):
        raise OSError("timed out")

    monkeypatch.setattr(distributed, "Client", refuse)
    with pytest.raises(EnvironmentFault, match="no Dask scheduler"):
        read_scenes(plan, PLAIN, executor=DaskExecutor("tcp://127.0.0.1:1"))


def calls_of_the_main_thread():
    frame = sys._current_frames()[threading.main_thread().ident]
    return [call.f_code.co_name for call, _ in traceback.walk_stack(frame)]


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_that_another_thread_was_handed_is_noticed():
    noticed, waited = threading.Event(), []

    def interrupted(task):
        while "as_they_end" not in (calls := calls_of_the_main_thread()) or "submit" in calls:
            os.sched_yield()
        signal.pthread_kill(threading.get_ident(), signal.SIGINT)
        waited.append(noticed.wait(30))

    with pytest.raises(KeyboardInterrupt):
        list(ThreadExecutor().map(interrupted, [1]))
    noticed.set()
    assert waited in ([], [True])
