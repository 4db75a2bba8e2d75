"""Shared fixtures: real data beside the project, found or skipped with a reason."""

import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.variants import LONG

settings.register_profile("vestige", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("vestige")

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_collection_modifyitems(items):
    """Leave to `make test-long` what takes long and what a shorter test tries in part."""
    for item in items:
        if item.get_closest_marker("long") and not LONG:
            item.add_marker(pytest.mark.skip(reason="a long variant; run by `make test-long`"))


@pytest.fixture(autouse=True, scope="session")
def data_of_nobody(tmp_path_factory):
    """Keep what checks remember of records apart from what this user knows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VESTIGE_DATA", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture
def interruptible():
    """Let Ctrl-C reach the processes that a test starts, also where the tests run in the background and it is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the project; a test that asks for it is skipped where it is absent."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("needs the real data in ../shared/data, which is not part of the project")
    return folder
