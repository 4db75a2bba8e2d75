"""Asking at the keyboard: a single key on a terminal, a letter and Enter elsewhere; and whole lines."""

import sys

from vestige.cli._console import shown

END = "\x04"
"""What a terminal sends for the end of the input: Ctrl-D."""


def ask_key(prompt: str) -> str:
    """Ask for one key and give it in lower case; Enter is the empty text, and the end of the input is taken as quitting."""
    if not _single_keys():
        return ask(prompt).lower()[:1]
    import readchar  # here, since it is made for the systems that have such keys

    sys.stdout.write(shown(prompt))
    sys.stdout.flush()
    key = readchar.readkey()
    key = "q" if key == END else "" if key in "\r\n" else key
    print(key if key.isprintable() else "")
    return key.lower()[:1]


def ask(prompt: str) -> str:
    """Ask for a line; the end of the input is taken as quitting."""
    try:
        return input(shown(prompt)).strip()
    except EOFError:
        return "q"


def ask_line(prompt: str) -> str:
    """Ask for a line. Raises EOFError at the end of the input: what was half answered is not entered."""
    return input(shown(prompt)).strip()


def _single_keys() -> bool:
    """Whether keys can be read one by one: on a terminal, where a module for it is there."""
    try:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            return False
        import readchar  # noqa: F401 - whether it is there
    except (ImportError, NotImplementedError, ValueError):
        return False
    return True
