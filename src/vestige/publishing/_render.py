"""From views to HTML: templates compiled once, everything escaped, the frame of the page made once and filled in.

The languages share the compiled templates; each has an environment of its own, in which the words of the templates mean its words. The frame (head, navigation, footer) is the same for all pages of a folder in a language: it is rendered once and cut
at its slots.
"""

import functools
import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined, Template, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from vestige.entries import Location, Source
from vestige.publishing._language import Language, language
from vestige.publishing._marks import condition_path, finding_path, slug
from vestige.publishing._partials import EntryLine
from vestige.publishing._paths import up
from vestige.publishing._template_code import TemplateCode
from vestige.publishing._timeline import draw_timeline
from vestige.publishing._views import Counts, RecordView, SiteView

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "worker-src 'self' blob:; base-uri 'none'; form-action 'none'"
)
_SLOT = re.compile("\x00([a-z]+)\x00")
_SLOTS = {name: f"\x00{name}\x00" for name in ("title", "twin", "head", "languages", "main")}
_UNSAFE_IN_SCRIPT = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
_MAY_BE_UNSAFE = re.compile(f"[{''.join(map(chr, _UNSAFE_IN_SCRIPT))}]")
_UNSAFE_IN_NAME = re.compile(r"[^\w.() -]|^\.+")


class Renderer:
    """Makes the pages of one record in one language."""

    def __init__(self, code: str, record: RecordView, *, islands: bool) -> None:
        self.words: Language = language(code)
        self.record = record
        self._islands = islands
        self._codes = record.policy.languages
        self._environment = _environment(code)
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
            up=root, base=base, record=self.record, terms_of_map=self._terms_of_map, **values
        )
        frame = self._frame(root)
        island = self._islands and "data-island=" in main
        slots = {
            "title": escape(title),
            "twin": root + twin,
            "head": self._head(root) if island else "",
            "languages": self._languages(root, path if everywhere else path.rpartition("/")[0] + "/index.html"),
            "main": main,
        }
        return "".join([part if i % 2 == 0 else str(slots[part]) for i, part in enumerate(frame)]).encode()

    def timeline(self, view: SiteView) -> Markup:
        """Draw the time line of a site."""
        return draw_timeline(view, self.words)

    def labels(self, countries: Iterable[str]) -> Markup:
        """Give the labels that the list and the map need, as the data block inside their element."""
        conditions = ("Good", "Fair", "Poor", "Very Bad", "Destroyed", "Unknown")
        labels = {
            "condition": {term: self.words.term(term, "condition") for term in conditions},
            "finding": {term: self.words.term(term, "finding") for term in ("agreed", "contested", "single", "none")},
            "type": {},
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
                record=self.record,
                navigation=self._navigation(),
                languages=self._codes,
                slot={name: escape(mark) for name, mark in _SLOTS.items()},
            )
            self._frames[root] = tuple(_SLOT.split(str(text)))
        return self._frames[root]

    def _navigation(self) -> tuple[tuple[str, str], ...]:
        text = self.words.text
        return (
            ("sites/index.html", text("Sites")),
            ("findings/index.html", text("Findings")),
            ("statements/index.html", text("Statements")),
            ("sources/index.html", text("Sources")),
            ("studies/index.html", text("Studies")),
            ("ledger/index.html", text("Ledger")),
            ("data.html", text("Data")),
            ("check.html", text("Check")),
        )

    def _template(self, name: str) -> Template:
        if name not in self._templates:
            self._templates[name] = self._environment.get_template(name)
        return self._templates[name]

    def _head(self, root: str) -> str:
        return f'<script defer src="{root}assets/islands.js"></script>\n'

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
    codes = record.policy.languages
    page = _environment(codes[0]).get_template("root.html")
    text = page.render(
        languages=[language(code) for code in codes], record=record, policy_header=CONTENT_SECURITY_POLICY
    )
    return str(text).encode()


def script_json(value: Any) -> Markup:
    """Give JSON that may stand inside a script element: nothing in it can end the element or open a comment."""
    text = msgspec.json.encode(value).decode()
    if _MAY_BE_UNSAFE.search(text):
        text = text.translate(_UNSAFE_IN_SCRIPT)
    return Markup(text)  # noqa: S704 - that is what it is for


_compiled = TemplateCode()
_escaped = functools.lru_cache(maxsize=1 << 14, typed=True)(escape)
"""Escapes what a page prints: labels, names and addresses come again and again. By type, so that markup and the same text stay apart."""


class _Loader(PackageLoader):
    """Loads the package's templates so that they remember what they have escaped."""

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - theirs
    ) -> Template:
        template = super().load(environment, name, globals)
        template.root_render_func.__globals__["escape"] = _escaped
        template.globals = dict(template.globals)  # a chain of mappings is slow to copy, and every page copies it
        return template


_OF_VALUE = ("condition", "finding")
"""Macros that give the same mark-up for the same term, on page after page."""


@functools.cache
def _environment(code: str) -> Environment:
    words = language(code)
    environment = Environment(
        loader=_Loader("vestige.publishing", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=_compiled,
    )
    environment.filters["t"] = _translator(words)
    # Filters, not functions: a filter is called straight from the compiled page.
    environment.filters.update(
        tf=words.fill,
        tn=words.count,
        term=words.term,
        number=words.number,
        share=words.share,
        date=words.date,
        moment=words.moment,
        window=words.window,
        country=words.country,
        countries=words.countries,
        tongue=words.tongue,
        best_name=words.name,
        collapsed=collapsed,
        coordinates=coordinates,
        download_name=download_name,
        finding_path=finding_path,
        isolated=isolated,
        json=script_json,
        shape_path=condition_path,
        shares=shares,
        slug=slug,
        values_in=values_in,
        web_address=web_address,
    )
    macros = environment.get_template("macros.html").module
    for name in _OF_VALUE:
        setattr(macros, name, functools.cache(getattr(macros, name)))
    return environment


def _translator(words: Language) -> Callable[[Context, str], Markup]:
    """Give the filter that translates; it asks for the context so that no word is folded into the code that the languages share."""

    @functools.cache
    def text(message: str) -> Markup:
        return escape(words.text(message))

    @pass_context
    def translate(_context: Context, message: str) -> Markup:
        return text(message)

    return translate


def isolated(text: str) -> Markup:
    """Set a text of unknown direction apart from the message that it stands in."""
    return Markup(f"<bdi>{escape(text)}</bdi>")  # noqa: S704 - the text is escaped


def collapsed(lines: Iterable[EntryLine]) -> list[tuple[EntryLine, int]]:
    """Give the lines of entries in their order, those that would read alike once, each with how many it stands for."""
    found: dict[tuple[str, str], list[EntryLine]] = {}
    for line in lines:
        found.setdefault((line.entry.kind, line.page or line.entry.about), []).append(line)
    return [(alike[0], len(alike)) for alike in found.values()]


def coordinates(location: Location) -> str:
    """Write a location in degrees, only as finely as it is known."""
    digits = 2 if location.cell_degrees else 5
    latitude, longitude = round(location.latitude, digits), round(location.longitude, digits)
    return f"{abs(latitude):g}° {'N' if latitude >= 0 else 'S'}, {abs(longitude):g}° {'E' if longitude >= 0 else 'W'}"


def download_name(source: Source) -> str:
    """Give the name under which a browser saves a preserved file: the entered one without anything that could harm."""
    name = _UNSAFE_IN_NAME.sub("_", (source.file_name or "").replace("\\", "/").rpartition("/")[2])
    return name or f"{(source.file or 'file')[:16]}.bin"


def values_in(conditions: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Give the hashes of the assessments of a finding, whatever condition they give."""
    return tuple(name for names in conditions.values() for name in names)


def web_address(address: str) -> bool:
    """Whether an address may become a link: the web only, never a script."""
    return address.startswith(("https://", "http://"))


def shares(counts: Counts) -> Sequence[tuple[str, str, str]]:
    """Give the parts of the bar of findings: state, start and width in per cent."""
    parts, start = [], 0.0
    for state in ("agreed", "contested", "single", "none"):
        width = 100 * getattr(counts, state) / counts.sites if counts.sites else 0.0
        parts.append((state, f"{start:.3f}", f"{width:.3f}"))
        start += width
    return parts
