"""One browser a process, one published example for all of them."""

import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import chromium
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from server import serve
from waiting import PATIENCE

from example import LANGUAGES, SITES, enter_acts, make_record

SCREENSHOTS = Path(__file__).resolve().parents[2] / "screenshots"


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def make_once(folder: Path, languages: tuple[str, ...], sites: int, judged: int = 0, *, acts: bool = False) -> Path:
    """Publish an example. The first test process makes it, the others take it over."""
    from vestige.publishing import publish

    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "site/manifest").is_file():
            with make_record(folder / "record", languages, sites, judged) as record:
                if acts:
                    enter_acts(record)
                publish(record, folder / "site", workers=1)
    return folder


@pytest.fixture(scope="session")
def shared_temporary(tmp_path_factory) -> Path:
    """A folder that all test processes of a run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@pytest.fixture(scope="session")
def published(shared_temporary) -> Path:
    """The example in all languages."""
    return make_once(shared_temporary / "example", LANGUAGES, SITES, acts=True) / "site"


@pytest.fixture(scope="session")
def small(shared_temporary) -> Path:
    """A folder with a smaller `record` and its `site`: quick to copy and to check whole."""
    return make_once(shared_temporary / "small", ("en", "ar"), 6)


@pytest.fixture(scope="session")
def long(shared_temporary) -> Path:
    """A published record with few pages whose ledger has more than one tile."""
    return make_once(shared_temporary / "long", ("en",), 6, judged=260) / "site"


@pytest.fixture(scope="session")
def address(published) -> Iterator[str]:
    """Where the published example is served."""
    with serve(published) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium.find_or_install()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))
        yield started
        started.close()


class Watched:
    """A page, and what went wrong or left the origin while it was open."""

    def __init__(self, page: Page, origin: str) -> None:
        self.page = page
        self.forget()
        page.on("request", lambda request: self._look(request.url, origin))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)

    def forget(self) -> None:
        """Begin anew: a page that several tests use one after the other."""
        self.strangers: list[str] = []
        self.errors: list[str] = []

    def _look(self, url: str, origin: str) -> None:
        if not url.startswith((origin, "data:", "blob:")):
            self.strangers.append(url)

    def assert_clean(self) -> None:
        assert self.strangers == []
        assert self.errors == []


DESKTOP = {"width": 1280, "height": 900}
SAVE_DATA = "Object.defineProperty(Navigator.prototype, 'connection', {get: () => ({saveData: true})})"


def new_context(browser: Browser, *, saves_data: bool = True, **options) -> BrowserContext:
    """Begin a context whose maps, when the reader saves data, wait for their button."""
    context = browser.new_context(**{"viewport": DESKTOP, "reduced_motion": "reduce", **options})
    context.set_default_timeout(PATIENCE * 1000)
    if saves_data:
        context.add_init_script(SAVE_DATA)
    return context


@pytest.fixture(scope="session")
def _one_page(browser, address) -> Iterator[Watched]:
    with new_context(browser) as context:
        yield Watched(context.new_page(), address)


@pytest.fixture
def reader(_one_page) -> Watched:
    """One page that goes from place to place: where no test depends on a context of its own, that takes half the time."""
    _one_page.page.set_viewport_size(DESKTOP)
    _one_page.page.emulate_media(color_scheme="light")
    _one_page.forget()
    return _one_page


@pytest.fixture(scope="session")
def _one_page_without_scripts(browser, address) -> Iterator[Watched]:
    with new_context(browser, java_script_enabled=False) as context:
        yield Watched(context.new_page(), address)


@pytest.fixture
def reader_without_scripts(_one_page_without_scripts) -> Watched:
    """One page that goes from place to place without JavaScript."""
    _one_page_without_scripts.forget()
    return _one_page_without_scripts


@pytest.fixture
def open_page(browser, address) -> Iterator[Callable[..., Watched]]:
    """Open a path of the published example in a context of its own.

    The reader saves data unless ``saves_data`` is false: a map then waits for its button, and a test that is not about maps does not draw one.
    """
    contexts: list[BrowserContext] = []

    def open_(path: str, *, base: str = address, saves_data: bool = True, **options) -> Watched:
        context = new_context(browser, saves_data=saves_data, **options)
        contexts.append(context)
        watched = Watched(context.new_page(), base)
        watched.page.goto(base + path)
        return watched

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def screenshots() -> Path:
    SCREENSHOTS.mkdir(exist_ok=True)
    return SCREENSHOTS
