"""From views to HTML: the frame of the page made once and filled in, the templates in the environment of the language.

The frame (head, navigation, footer) is the same for all pages of a folder in a language: it is rendered once and cut at its slots.
"""

import re
from collections.abc import Iterable
from typing import Any

from jinja2 import Template
from markupsafe import Markup, escape

from vestige.printable import plain_page, unturned
from vestige.publishing import kinds
from vestige.publishing.pages._environment import environment_of
from vestige.publishing.pages._filters import script_json
from vestige.publishing.pages._page_styles import CONTENT_SECURITY_POLICY, FRAME_STYLES
from vestige.publishing.views._marks import CONDITIONS, FINDINGS
from vestige.publishing.views._paths import up
from vestige.publishing.views._views import RecordView
from vestige.publishing.words._language import Language, language

_SLOT = re.compile("\x00([a-z]+)\x00")
_SLOTS = {name: f"\x00{name}\x00" for name in ("title", "twin", "head", "here", "languages", "main")}


class Renderer:
    """Makes the pages of one record in one language; ``day`` is that of the publication in UTC (ISO 8601), which a page names where time matters."""

    def __init__(self, code: str, record: RecordView, *, islands: bool, day: str = "") -> None:
        self.words: Language = language(code)
        self.record = record
        self._islands = islands
        self._day = day
        self._codes = record.policy.languages
        self._environment = environment_of(code)
        self._switch = [(other.code, other.direction, escape(other.own_name)) for other in map(language, self._codes)]
        self._templates: dict[str, Template] = {}
        self._frames: dict[str, tuple[str, ...]] = {}
        self._terms_of_map = self.labels(())

    def page(self, path: str, template: str, title: str, twin: str, *, everywhere: bool = True, **values: Any) -> bytes:
        """Make one page at ``path`` (from the folder of the language); ``twin`` is the address of its JSON from the root.

        ``everywhere`` says that the page stands at the same path in every language; else the switch leads to its folder's index.
        """
        code = self.words.code
        root = up(f"{code}/{path}")
        base = root + code + "/"
        main = self._template(template).render(
            up=root, base=base, record=self.record, day=self._day, terms_of_map=self._terms_of_map, **values
        )
        frame = self._frame(root)
        island = self._islands and "data-island=" in main
        slots = {
            "title": escape(unturned(title)),
            "twin": root + twin,
            "here": f"{code}/{path}",
            "head": self._head(root) if island else "",
            "languages": self._languages(root, path if everywhere else path.rpartition("/")[0] + "/index.html"),
            "main": main,
        }
        return plain_page("".join([part if i % 2 == 0 else str(slots[part]) for i, part in enumerate(frame)]).encode())

    def labels(self, countries: Iterable[str], types: Iterable[str] = ()) -> Markup:
        """Give the labels that the list and the map need, as the data block inside their element; a type as registers write it, in either case."""
        labels = {
            "condition": {term: self.words.term(term, "condition") for term in CONDITIONS},
            "finding": {term: self.words.term(term, "finding") for term in FINDINGS},
            "type": {one: self.words.term(name, "type") for name in types for one in (name, name.lower())},
            "country": {code: self.words.country(code) for code in sorted(countries)},
        }
        return Markup('<script type="application/json" data-labels>{}</script>').format(script_json(labels))

    def _frame(self, root: str) -> tuple[str, ...]:
        """Give the frame of the pages at one depth, cut: even parts are fixed, odd ones name slots."""
        if root not in self._frames:
            code = self.words.code
            text = self._template("base.html").render(
                code=code,
                direction=self.words.direction,
                up=root,
                base=f"{root}{code}/",
                policy_header=CONTENT_SECURITY_POLICY,
                frame_styles=FRAME_STYLES,
                record=self.record,
                navigation=self._navigation(),
                languages=self._codes,
                slot={name: escape(mark) for name, mark in _SLOTS.items()},
            )
            self._frames[root] = tuple(_SLOT.split(str(text)))
        return self._frames[root]

    def _navigation(self) -> tuple[tuple[str, str], ...]:
        text = self.words.text
        lists = (
            (kind.listing.folder, kind.listing.title) for kind in kinds.ALL if kind.listing and kind.listing.navigation
        )
        return (
            ("sites/index.html", text("Sites")),
            ("findings/index.html", text("Findings")),
            *((f"{folder}/index.html", text(title)) for folder, title in lists),
            *((path, text(title)) for path, title in self.record.acts),
            ("ledger/index.html", text("Ledger")),
            ("data.html", text("Data")),
            ("check.html", text("Check")),
        )

    def _template(self, name: str) -> Template:
        if name not in self._templates:
            self._templates[name] = self._environment.get_template(name)
        return self._templates[name]

    def _head(self, root: str) -> str:
        """Give the page's only script, for which neither the text nor the styles wait."""
        return f'<script async fetchpriority="low" src="{root}assets/islands.js"></script>\n'

    def _languages(self, root: str, path: str) -> str:
        """Give the switch of languages; paths are plain ASCII (see ``_paths``) and need no escapes."""
        here = self.words.code
        return "".join(
            [
                f'<li><a hreflang="{code}" lang="{code}" dir="{direction}"{current} href="{root}{code}/{path}">{name}</a></li>\n'
                for code, direction, name in self._switch
                for current in (' aria-current="true"' if code == here else "",)
            ]
        )


def root_page(record: RecordView) -> bytes:
    """Make the page at the root: the choice of language."""
    return _door("root.html", record)


def missing_page(record: RecordView) -> bytes:
    """Make the page that a host shows where there is none; it stands at no depth of its own."""
    return _door("404.html", record)


def _door(template: str, record: RecordView) -> bytes:
    codes = record.policy.languages
    page = environment_of(codes[0]).get_template(template)
    text = page.render(
        languages=[language(code) for code in codes],
        record=record,
        policy_header=CONTENT_SECURITY_POLICY,
        frame_styles=FRAME_STYLES,
    )
    return plain_page(str(text).encode())
