"""Writing the data files of a publication: whole at first, then from what lies there and the parts that changed."""

import functools

from vestige.publishing._registry import DATA_FILES
from vestige.publishing.data._files import LINKED_ART, PARQUET, data_file, linked_art_file, writes_parquet
from vestige.publishing.data._splice import plan_splice
from vestige.publishing.making._gather import Changed
from vestige.publishing.making._output import Output
from vestige.publishing.making._page_writer import OWNER
from vestige.publishing.memory._state import State


def write_data(state: State, output: Output, changed: Changed, *, full: bool) -> list[str]:
    """Write the data files that changed, or all; give the files of Linked Art that are no more."""
    for name in (*DATA_FILES, *([PARQUET] if writes_parquet() else ())):
        if full or name in changed.files:
            _write(state, output, name, full=full)
    return [path for tile in sorted(changed.linked_art) for path in _write_linked_art(state, output, tile)]


def _write(state: State, output: Output, name: str, *, full: bool) -> None:
    path = f"data/{name}"
    if full or name == PARQUET:
        output.put_later(path, functools.partial(data_file, name, state.parts.all(name)), OWNER)
    else:
        chunks = plan_splice(DATA_FILES[name], *state.parts.layouts(name), state.parts.changed_parts(name))
        output.splice_later(path, chunks, lambda: data_file(name, state.parts.all(name)), OWNER)


def _write_linked_art(state: State, output: Output, tile: int) -> list[str]:
    part, owner = state.parts.of_tile(LINKED_ART, tile), f"linked-art:{tile}"
    if part is None:
        return state.files.owned(owner)
    output.put(f"data/linked-art/{tile}.jsonld", linked_art_file(part), owner)
    return []
