"""Waiting in a page whose content security policy forbids eval, which Playwright's own `wait_for_function` needs."""

import time
from collections.abc import Callable

PATIENCE = 120
"""Seconds after which what is waited for will not come: many times what it takes, so that a busy machine fails no test."""


def until(page, expression: str) -> None:
    """Wait until a JavaScript expression is true."""
    until_seen(page, lambda: page.evaluate(expression), f"never true: {expression}")


def until_seen(page, look: Callable[[], object], otherwise: str) -> None:
    """Look at a page, or do something to it, until what is looked for is seen."""
    end = time.monotonic() + PATIENCE
    while not look():
        assert time.monotonic() < end, otherwise
        page.wait_for_timeout(50)
