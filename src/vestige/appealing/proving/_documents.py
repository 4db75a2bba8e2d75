"""All documents of an appeal at once, by the names under which the appeal's entry and its bundle know them."""

from vestige.appealing._composed import Composed
from vestige.appealing.documents import (
    Attachment,
    render_calendar,
    render_data,
    render_docx,
    render_fields,
    render_html,
    render_pdf,
    render_portal_page,
)
from vestige.appealing.documents._words import words
from vestige.appealing.proving._evidence import EVIDENCE_NAME, Evidence, write_evidence


def render_documents(composed: Composed, evidence: Evidence) -> dict[str, bytes]:
    """Give every document of an appeal by its name. The PDF carries the evidence and the data; the same input gives the same bytes.

    Raises InputError where the appeal cannot be laid out, MissingExtraError without Typst.
    """
    label, data = words(composed.language), render_data(composed)
    attachments = (
        Attachment(EVIDENCE_NAME, write_evidence(evidence), "application/json", label["evidence"]),
        Attachment("appeal.json", data, "application/json", label["data"], "source"),
    )
    stem = f"{composed.form_id}-{composed.language}"
    documents = {
        f"{stem}.pdf": render_pdf(composed, attachments),
        f"{stem}.docx": render_docx(composed),
        f"{stem}.html": render_html(composed),
        f"{stem}.json": data,
        f"{stem}-fields.json": render_fields(composed),
        f"{stem}-fields.html": render_portal_page(composed),
    }
    calendar = render_calendar(composed)
    return documents | ({f"{stem}.ics": calendar} if calendar else {})
