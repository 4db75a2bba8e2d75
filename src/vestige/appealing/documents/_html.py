"""The appeal as one HTML file without scripts or outside parts, and the page from which its fields are copied into a portal."""

import base64
import functools
import hashlib
import importlib.resources

import jinja2
from markupsafe import Markup, escape

from vestige.appealing._composed import Composed
from vestige.appealing.documents._fields import portal_fields
from vestige.appealing.documents._heads import (
    addressee_lines,
    remarks,
    require_own_head,
    signature_lines,
    under_heading,
)
from vestige.appealing.documents._legible import direction_of_run, legible, one_line
from vestige.appealing.documents._notes import Note, Notes
from vestige.appealing.documents._words import words


def render_html(composed: Composed) -> bytes:
    """Give the page of an appeal: every fact with the notes of the entries that it rests on; raises InputError as `render_pdf` does."""
    require_own_head(composed)
    referred: set[int] = set()

    def first(note: Note) -> bool:
        """Whether a note is referred to for the first time: the place that it leads back to."""
        fresh = note.number not in referred
        referred.add(note.number)
        return fresh

    page = _environment().get_template("letter.html.j2")
    text = page.render(
        composed=composed,
        label=words(composed.language),
        notes=Notes(composed),
        first=first,
        under=lambda section: under_heading(composed, section),
        remarks=remarks(composed),
        addressee=addressee_lines(composed.addressee),
        copies=[", ".join(addressee_lines(copy)) for copy in composed.copies],
        signatures=signature_lines(composed),
    )
    return text.encode()


def render_portal_page(composed: Composed) -> bytes:
    """Give a page with a button to copy each field, for portals that take text alone; it sends nothing and asks nobody."""
    script = _resource("copy.js")
    page = _environment().get_template("fields.html.j2")
    text = page.render(
        composed=composed,
        label=words(composed.language),
        remarks=remarks(composed),
        fields=portal_fields(composed),
        script=Markup(script),  # noqa: S704 - our own file
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )
    return text.encode()


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=jinja2.FunctionLoader(_resource),
    )
    environment.filters.update(lines=_lines, line=one_line, direction=direction_of_run)
    return environment


def _resource(name: str) -> str:
    folder = importlib.resources.files("vestige.appealing.documents") / "templates"
    return (folder / name).read_text("utf-8")


def _lines(text: str) -> Markup:
    """Give a text as HTML with its line ends kept."""
    return Markup("<br>").join(escape(line) for line in legible(text).split("\n"))
