"""What stands beside the pages for those who come from outside: search engines, a wrong address, a sheet of paper."""

from collections.abc import Sequence
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from vestige.publishing.data._host_headers import ROBOTS, host_files
from vestige.publishing.making._page_writer import PageWriter
from vestige.publishing.memory._state import State
from vestige.publishing.pages._render import missing_page, root_page
from vestige.publishing.views._views import RecordView

SITEMAP = "sitemap.xml"
MOST_ADDRESSES = 50_000
"""Addresses of one file of a sitemap (sitemaps.org)."""
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def write_doors(pages: PageWriter, record: RecordView) -> None:
    """Write the page at the root, that of a wrong address, what hosts and search engines read, and what paper carries."""
    base_url = record.base_url
    pages.put("index.html", root_page(record))
    pages.put("404.html", missing_page(record))
    for path, content in host_files(urlsplit(base_url).path if base_url else None).items():
        pages.put(path, content)
    pages.put("robots.txt", ROBOTS + (f"Sitemap: {base_url}{SITEMAP}\n".encode() if base_url else b""))
    pages.put("assets/checkpoint.css", paper_style(record).encode())


def paper_style(record: RecordView) -> str:
    """Give the style by which every page carries the newest checkpoint on paper, though the page itself need not be made again for it."""
    text = f"{record.origin}, {record.size}, {record.root}, {record.updated}".replace("\\", "").replace('"', "")
    return f'.at-checkpoint::after {{ content: "{text}"; }}\n'


def write_sitemap(pages: PageWriter, state: State, base_url: str | None, codes: Sequence[str]) -> None:
    """Write the addresses of all pages, in as many files as they need; a site whose address nobody told has none."""
    if base_url is None:
        return
    addresses = [base_url + path for code in codes for path in state.files.pages_in(code)]
    parts = [addresses[i : i + MOST_ADDRESSES] for i in range(0, len(addresses), MOST_ADDRESSES)]
    if len(parts) <= 1:
        pages.put(SITEMAP, _urls("urlset", "url", addresses))
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        pages.put(name, _urls("urlset", "url", part))
    pages.put(SITEMAP, _urls("sitemapindex", "sitemap", [base_url + name for name in names]))


def _urls(root: str, item: str, addresses: Sequence[str]) -> bytes:
    lines = "".join(f"<{item}><loc>{escape(address)}</loc></{item}>\n" for address in addresses)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {_SPACE}>\n{lines}</{root}>\n'.encode()
