"""Sources come in: files, web pages, media; registers of sites; the short notations that people type."""

from vestige.capture._captured import LIMIT, Captured
from vestige.capture._errors import AddressRefusedError, FetchFault, NotTextError, TooLargeError
from vestige.capture._fetch import SECONDS, fetch
from vestige.capture._local import capture_file, take_in
from vestige.capture._network import Internet, Network
from vestige.capture._notation import (
    optional_window,
    read_disturbance,
    read_grade,
    read_span,
    read_speaker,
    read_term,
    read_window,
)
from vestige.capture._quotation import content_under, find_quote, nearest
from vestige.capture._source_text import (
    media_type_of,
    page_title,
    readable_text,
    shown_by,
    source_text,
    title_of_document,
)
from vestige.capture._text import Decoded, decode
from vestige.capture.documents._document import Document, DocumentError, Part
from vestige.capture.documents._open import open_document
from vestige.capture.documents._page import is_page
from vestige.capture.registers._assessments import RegisterAssessment
from vestige.capture.registers._edition import read_edition
from vestige.capture.registers._errors import RegisterError, RowRefused
from vestige.capture.registers._merge import (
    Change,
    ImportPlan,
    Known,
    RegisterSite,
    place_keys,
    plan_import,
    strong_identifiers,
)
from vestige.capture.registers._read import Register, read_register
from vestige.capture.registers._rows import Refusal
from vestige.capture.registers.forms._assessed import AssessmentTable, JudgedRow, Word, read_assessment_table

__all__ = [
    "LIMIT",
    "SECONDS",
    "AddressRefusedError",
    "AssessmentTable",
    "Captured",
    "Change",
    "Decoded",
    "Document",
    "DocumentError",
    "FetchFault",
    "ImportPlan",
    "Internet",
    "JudgedRow",
    "Known",
    "Network",
    "NotTextError",
    "Part",
    "Refusal",
    "Register",
    "RegisterAssessment",
    "RegisterError",
    "RegisterSite",
    "RowRefused",
    "TooLargeError",
    "Word",
    "capture_file",
    "content_under",
    "decode",
    "fetch",
    "find_quote",
    "is_page",
    "media_type_of",
    "nearest",
    "open_document",
    "optional_window",
    "page_title",
    "place_keys",
    "plan_import",
    "read_assessment_table",
    "read_disturbance",
    "read_edition",
    "read_grade",
    "read_register",
    "read_span",
    "read_speaker",
    "read_term",
    "read_window",
    "readable_text",
    "shown_by",
    "source_text",
    "strong_identifiers",
    "take_in",
    "title_of_document",
]
