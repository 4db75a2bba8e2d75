"""The environments of the templates: one a language, in which the words of the templates mean its words.

The languages share the compiled templates. Everything that a template prints is escaped.
"""

import functools
from collections.abc import Callable, MutableMapping
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from vestige.publishing._registry import data_of, heading_of
from vestige.publishing.pages import _filters as filters
from vestige.publishing.pages._template_code import TemplateCode
from vestige.publishing.views._marks import condition_path, finding_path, slug
from vestige.publishing.views._paths import key_of
from vestige.publishing.words._deadline import told_rule
from vestige.publishing.words._language import Language, language

compiled = TemplateCode()
"""The compiled templates, which the languages share."""
escaped = functools.lru_cache(maxsize=1 << 14, typed=True)(escape)
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
        template.root_render_func.__globals__["escape"] = escaped
        template.globals = dict(template.globals)  # a chain of mappings is slow to copy, and every page copies it
        return template


class _Templates(Environment):
    """An environment that gives a template it has given before at once: none changes while the process lives.

    Every page imports the macros and includes other templates by name, and to look each up and join its globals anew costs as much as a small one.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._given: dict[str, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - theirs
    ) -> Template:
        if isinstance(name, Template) or globals is not None:
            return super().get_template(name, parent, globals)
        if name not in self._given:
            self._given[name] = super().get_template(name, parent)
        return self._given[name]


_OF_VALUE = ("condition", "finding")
"""Macros that give the same mark-up for the same term, on page after page."""


@functools.cache
def environment_of(code: str) -> Environment:
    """Give the environment in which the words of the templates mean those of a language; it is made once a process."""
    words = language(code)
    environment = _Templates(
        loader=_Loader("vestige.publishing", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=compiled,
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
        told_rule=functools.partial(told_rule, words=words),
        best_name=words.name,
        said=words.said,
        type_of_site=words.type_of_site,
        foreign=words.foreign,
        collapsed=filters.collapsed,
        coordinates=filters.coordinates,
        download_name=filters.download_name,
        finding_path=finding_path,
        heading=heading_of,
        isolated=filters.isolated,
        json=filters.script_json,
        key=key_of,
        kind_data=data_of,
        shape_path=condition_path,
        shares=filters.shares,
        slug=slug,
        values_in=filters.values_in,
        web_address=filters.web_address,
        worst_first=filters.worst_first,
    )
    marks = environment.get_template("macros/marks.html").module
    for name in _OF_VALUE:
        setattr(marks, name, functools.cache(getattr(marks, name)))
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
