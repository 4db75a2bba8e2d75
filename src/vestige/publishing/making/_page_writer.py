"""Writing pages that are made from what the state remembers: what the lists and the whole-record pages are written with."""

from collections.abc import Sequence
from typing import Any

from vestige.publishing.making._output import Output
from vestige.publishing.memory._state import State
from vestige.publishing.pages._render import Renderer
from vestige.publishing.views import _views as views

OWNER = "record"
"""What the files about the record as a whole belong to."""


def stands_everywhere(path: str) -> bool:
    """Tell whether a page of a path stands in every language, so that the switch of languages stays on it."""
    return "/" not in path or path.endswith("/index.html")


class PageWriter:
    """Writes pages and files into one folder; ``renderers`` are those of every language of the record."""

    def __init__(self, record: views.RecordView, state: State, output: Output, *, islands: bool) -> None:
        self.renderers = [Renderer(code, record, islands=islands) for code in record.policy.languages]
        self._state = state
        self._output = output

    def page(
        self,
        renderer: Renderer,
        path: str,
        template: str,
        title: str,
        twin: str,
        *,
        owner: str = OWNER,
        everywhere: bool | None = None,
        **values: Any,
    ) -> None:
        """Make one page; by default the indexes of folders and the pages above them stand in every language."""
        if everywhere is None:
            everywhere = stands_everywhere(path)
        data = renderer.page(path, template, title, twin, everywhere=everywhere, **values)
        self._output.put(f"{renderer.words.code}/{path}", data, owner)

    def put(self, path: str, data: bytes) -> None:
        """Write a file about the record as a whole."""
        self._output.put(path, data, OWNER)

    def drop(self, paths: Sequence[str]) -> None:
        """Remove files, and forget them."""
        self._output.remove(paths)
        self._state.files.remove(paths)
