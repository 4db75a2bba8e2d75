"""Count a million signatures again in a browser: from the press of the button to the verdict, on a page of a published record.

    python bench/calling/browser.py [SIGNATURES] [SHEETS]        default: 1000000 90

Needs the Chromium that the tests install (VESTIGE_CHROMIUM, or the playwright of the development tools). The record is published into a temporary
folder and served from this machine; seconds are of the clock, the browser's own, one run after a first that warms it.
"""

import sys
import tempfile
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests/browser")]

import chromium  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402
from tests.calling.published import publish_crowd  # noqa: E402

from vestige.publishing import SiteServer  # noqa: E402

TIMED = """async () => {
    const [mark, begun] = [document.querySelector('[data-island="count"]'), performance.now()];
    mark.querySelector('button').click();
    while (!mark.dataset.verdict) await new Promise((done) => setTimeout(done, 10));
    return [(performance.now() - begun) / 1000, mark.dataset.verdict, mark.querySelector('.check-result').innerText];
}"""


def main(signatures=1_000_000, sheets=90):
    """Publish, open the page of the call, count twice, and print the second time."""
    with tempfile.TemporaryDirectory() as name:
        about = publish_crowd(Path(name), signatures, sheets)
        server = SiteServer(Path(name) / "site", port=0)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium.find_or_install(), args=list(chromium.ARGUMENTS)
            )
            page = browser.new_page()
            page.goto(
                f"http://127.0.0.1:{server.server_port}/en/call/{about.partition(':')[2]}.html",
                wait_until="networkidle",
            )
            page.wait_for_selector('[data-island="count"] button')
            times = [page.evaluate(TIMED) for _ in range(2)]
            print(f"{browser.browser_type.name} {browser.version}: {signatures} signatures in {sheets} sheets")
            print(f"counted again: {times[1][0]:.2f} s (first: {times[0][0]:.2f} s), {times[1][1]}")
            print(times[1][2])
            browser.close()
        server.shutdown()


if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv[1:]):
        sys.exit(__doc__)
    main(*map(int, sys.argv[1:]))
