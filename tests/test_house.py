"""The house holds: folders of a size that one can see, and arrows that run one way.

Read from the imports of every module (all of them, those within functions too, and those for types alone).
"""

import ast
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

import vestige

ROOT = Path(vestige.__file__).parent
MOST_MODULES = 24
MOST_OF_A_NEW_FOLDER = 16
GROWN_BEFORE = {"observing", "observing/scenes", "publishing/making"}
"""Folders that were fuller than a new one may be when the rule was made."""
A_FILE_A_KIND = {f"{room}/{folder}" for room in ("entries", "publishing") for folder in ("kinds", "acts")}
"""Folders that grow by one file with each kind of entry, all of one form: whoever adds one need not move the others."""


def modules():
    """Give every module by its dotted name, with its path."""
    found = {}
    for path in ROOT.rglob("*.py"):
        parts = path.relative_to(ROOT.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imported(path):
    """Give the dotted names of the project's modules that a module imports anywhere."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "vestige":
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                yield whole if whole in MODULES else node.module
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.split(".")[0] == "vestige")


@cache
def all_arrows():
    """Give, for each module, those that it imports; asked by tests and not when they are collected, since it takes seconds."""
    return {name: sorted(set(imported(path)) - {name}) for name, path in MODULES.items()}


def folder_of(module):
    """Give the folder in which a module lies, as a dotted name."""
    return module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]


def circle_in(graph):
    """Give one circle of a graph, or nothing."""
    state = {}

    def visit(node, path):
        state[node] = "open"
        for after in graph.get(node, ()):
            if state.get(after) == "open":
                return [*path[path.index(after) :], after] if after in path else [node, after]
            if after not in state and (found := visit(after, [*path, after])):
                return found
        state[node] = "done"
        return None

    for node in sorted(graph):
        if node not in state and (found := visit(node, [node])):
            return found
    return None


@pytest.mark.parametrize("folder", sorted({path.parent for path in MODULES.values()}), ids=lambda path: path.name)
def test_a_folder_holds_what_one_can_see_at_once(folder):
    inside = [path.name for path in folder.glob("*.py") if path.name != "__init__.py"]
    allowed = (
        MOST_MODULES if folder.relative_to(ROOT).as_posix() in GROWN_BEFORE | A_FILE_A_KIND else MOST_OF_A_NEW_FOLDER
    )
    assert len(inside) <= allowed, f"{folder.name} holds {len(inside)} modules"


def test_no_module_imports_itself_in_a_circle():
    assert circle_in(all_arrows()) is None


def test_no_two_folders_within_a_room_use_each_other():
    """A room's own root is its face above and its ground below, so only arrows between its folders count."""
    arrows = defaultdict(set)
    for module, targets in all_arrows().items():
        for target in targets:
            here, there = folder_of(module).split("."), folder_of(target).split(".")
            if here[:2] == there[:2] and len(here) > 2 and len(there) > 2 and here[2] != there[2]:
                arrows[".".join(here[:3])].add(".".join(there[:3]))
    assert circle_in(arrows) is None


def test_no_two_rooms_use_each_other():
    arrows = defaultdict(set)
    for module, targets in all_arrows().items():
        if module in {"vestige", "vestige.__main__"}:
            continue
        for target in targets:
            here, there = module.split(".")[1], [*target.split("."), ""][1]
            if there and here != there:
                arrows[here].add(there)
    assert circle_in(arrows) is None


ABOVE = {
    "positions": {"entries", "ledger", "archive", "record", "capture", "reading", "observing", "studying", "keeping", "publishing", "cli"},
    "entries": {"ledger", "archive", "record", "capture", "reading", "observing", "studying", "keeping", "publishing", "cli"},
    "ledger": {"entries", "archive", "record", "keeping", "publishing", "cli"},
    "archive": {"entries", "ledger", "record", "keeping", "publishing", "cli"},
    "reading": {"ledger", "archive", "record", "keeping", "publishing", "cli"},
    "observing": {"ledger", "archive", "record", "keeping", "publishing", "cli"},
    "calling": {"ledger", "archive", "record", "capture", "reading", "observing", "studying", "keeping", "publishing", "reach", "cli"},
    "mail": {"entries", "ledger", "archive", "record", "capture", "keeping", "publishing", "calling", "reach", "cli"},
    "reach": {"ledger", "archive", "record", "capture", "reading", "observing", "studying", "keeping", "publishing", "calling", "cli"},
    "record": {"reading", "observing", "capture", "studying", "keeping", "publishing", "appealing", "calling", "reach", "cli"},
    "publishing": {"keeping", "cli"},
    "keeping": {"cli"},
}  # fmt: skip


@pytest.mark.parametrize("room", ABOVE)
def test_a_room_does_not_know_those_above_it(room):
    known = {
        target.split(".")[1]
        for module in all_arrows()
        if module.split(".")[1:2] == [room]
        for target in all_arrows()[module]
        if "." in target
    }
    assert not known & ABOVE[room]


IN_THREADS = ("observing", "witnessing")
"""Rooms whose functions run in several threads at once."""


@pytest.mark.parametrize("room", IN_THREADS)
def test_what_runs_in_threads_decodes_with_decoders_made_at_import(room):
    """msgspec works out a type where it is first asked for; two threads that do so at once end the process (SIGSEGV)."""
    late = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (ROOT / room).rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and works_out_a_type(node)
    ]
    assert not late


def works_out_a_type(call):
    """Tell whether a call is `msgspec.convert`, `decode(…, type=…)` or makes a decoder."""
    named = {keyword.arg for keyword in call.keywords}
    return call.func.attr in ("convert", "Decoder") or (call.func.attr == "decode" and "type" in named)


def test_no_two_test_files_have_one_name():
    """Folders of tests without an `__init__` are imported by the file's name alone."""
    names = [path.name for path in Path(__file__).parent.rglob("test_*.py")]
    assert sorted({name for name in names if names.count(name) > 1}) == []
