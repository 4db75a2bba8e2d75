"""The documents of a composed appeal: PDF, DOCX, HTML, data for portals, calendar. They lay out what `Composed` says and word nothing."""

from vestige.appealing.documents._calendar import render_calendar
from vestige.appealing.documents._docx import render_docx
from vestige.appealing.documents._fields import Field, portal_fields, render_data, render_fields
from vestige.appealing.documents._html import render_html, render_portal_page
from vestige.appealing.documents._pdf import Attachment, render_pdf

__all__ = [
    "Attachment",
    "Field",
    "portal_fields",
    "render_calendar",
    "render_data",
    "render_docx",
    "render_fields",
    "render_html",
    "render_pdf",
    "render_portal_page",
]
