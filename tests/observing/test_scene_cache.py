"""The cache on disk: kept, checked, shared between processes, bounded, and never in the way."""

import datetime as dt
import hashlib
import multiprocessing
import sqlite3

import pytest
from scenery import write_scenery
from test_plan import SITES, plan_of

from vestige.errors import EnvironmentFault
from vestige.observing.scenes import Cache, ReaderSettings, read_scenes
from vestige.observing.scenes._cache import key_of

ROOMS = ["headers", "tiles", "chips"]


@pytest.mark.parametrize("room", ROOMS)
def test_what_was_put_comes_back_in_another_process_too(tmp_path, room):
    Cache(tmp_path).put(room, "k", b"content")
    assert Cache(tmp_path).get(room, "k") == b"content"
    assert Cache(tmp_path).get(room, "other") is None
    cache = Cache(tmp_path)
    cache.drop(room, "k")
    assert Cache(tmp_path).get(room, "k") is None


def test_an_item_that_was_damaged_is_not_given(tmp_path):
    cache = Cache(tmp_path)
    cache.put("headers", "k", b"content")
    cache.put("tiles", "k", b"content")
    with sqlite3.connect(tmp_path / "index.sqlite") as index:
        index.execute("UPDATE item SET content = 'other'")
    next((tmp_path / "packs").iterdir()).write_bytes(b"kontent")
    assert cache.get("headers", "k") is None
    assert cache.get("tiles", "k") is None
    cache.put("tiles", "k", b"content")
    assert cache.get("tiles", "k") == b"content"


def test_a_cache_that_is_no_database_is_begun_anew(tmp_path):
    (tmp_path / "index.sqlite").write_bytes(b"rubbish" * 1000)
    cache = Cache(tmp_path)
    cache.put("headers", "k", b"content")
    assert cache.get("headers", "k") == b"content"


def test_a_folder_that_cannot_be_is_one_clear_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFault, match="cache cannot be used"):
        Cache(tmp_path / "file")


def test_tiles_stay_within_their_limit(tmp_path):
    cache = Cache(tmp_path, tile_bytes=100_000)
    for number in range(300):
        cache.put("tiles", str(number), bytes(2000))
    assert sum(path.stat().st_size for path in (tmp_path / "packs").iterdir()) <= 100_000
    assert cache.get("tiles", "299") == bytes(2000)
    assert cache.get("tiles", "0") is None
    Cache(tmp_path, tile_bytes=0).put("tiles", "none", b"x")
    assert cache.get("tiles", "none") is None


def _fill(folder, worker):
    cache = Cache(folder)
    for number in range(40):
        content = f"{worker}-{number}".encode() * 50
        cache.put("tiles", f"{worker}-{number}", content)
        cache.put("chips", f"{worker}-{number}", content)


def test_processes_share_a_folder(tmp_path):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_fill, args=(tmp_path, worker)) for worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    cache = Cache(tmp_path)
    for worker in range(2):
        for number in range(40):
            content = f"{worker}-{number}".encode() * 50
            assert cache.get("tiles", f"{worker}-{number}") == content == cache.get("chips", f"{worker}-{number}")


def test_keys_tell_any_two_questions_apart():
    assert key_of("a", "b") != key_of("ab") != key_of("a", "b", 1)
    assert key_of("a", 1) == key_of("a", 1)
    assert len(key_of()) == len(hashlib.sha256().hexdigest())


def test_a_second_run_asks_for_nothing_and_gives_the_same(server, settings):
    items = write_scenery(server.root, dates=3, href=server.url)
    first = read_scenes(plan_of(items, SITES, settings), settings)
    server.forget()
    second = read_scenes(plan_of(items, SITES, settings), settings)
    assert server.requests == []
    assert (second.chips, second.findings) == (first.chips, first.findings)
    assert (second.requests, second.bytes) == (0, 0)


def test_a_run_that_was_stopped_goes_on_where_it_was(server, settings):
    items = write_scenery(server.root, dates=6, href=server.url)
    plan = plan_of(items, SITES, settings)

    class StoppedError(Exception):
        pass

    done = []

    def stop_in_the_middle(_, result):
        done.append(result)
        if len(done) == 5:
            raise StoppedError

    with pytest.raises(StoppedError):
        read_scenes(plan, settings, on_result=stop_in_the_middle, batch_requests=2)
    server.forget()
    rest = read_scenes(plan, settings, batch_requests=2)
    assert 0 < len(server.requests) <= plan.requests - 5
    fresh = read_scenes(plan, ReaderSettings(allow_private=True))
    assert rest.chips == fresh.chips


def test_another_window_on_the_same_tiles_asks_for_nothing(server, settings):
    items = write_scenery(server.root, dates=2, href=server.url)
    read_scenes(plan_of(items, SITES, settings, pixels=9), settings)
    server.forget()
    wider = read_scenes(plan_of(items, SITES, settings, pixels=21), settings)
    assert len(wider.chips) == 12
    assert server.requests == []


def test_results_carry_proof_of_the_bytes_they_came_from(server, settings):
    items = write_scenery(
        server.root, dates=1, href=server.url, bands=("vv",), start=dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    )
    scenes = read_scenes(plan_of(items, SITES, settings, bands=("vv",)), settings)
    for chip in scenes.chips:
        raw = (server.root / chip.href.rsplit("/", 1)[1]).read_bytes()
        for proof in chip.evidence:
            assert hashlib.sha256(raw[proof.start : proof.start + proof.length]).hexdigest() == proof.sha256
