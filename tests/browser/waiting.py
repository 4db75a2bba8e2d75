"""Waiting in a page whose content security policy forbids eval, which Playwright's own `wait_for_function` needs."""

import time


def until(page, expression: str, seconds: float = 30) -> None:
    """Wait until a JavaScript expression is true."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never true: {expression}"
        page.wait_for_timeout(50)
