"""Fixtures of the observing tests: a server of files and settings that fit it."""

import pytest
from range_server import RangeServer

from vestige.observing.scenes import ReaderSettings, Retries


@pytest.fixture
def server(tmp_path):
    (tmp_path / "served").mkdir()
    with RangeServer(tmp_path / "served") as running:
        yield running


@pytest.fixture
def settings(tmp_path):
    quick = Retries(attempts=3, first_wait=0.001, timeout=60)
    return ReaderSettings(cache=str(tmp_path / "cache"), connections=8, allow_private=True, retries=quick)
