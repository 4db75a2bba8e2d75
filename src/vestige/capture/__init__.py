"""Sources come in: files, web pages, media; registers of sites; the short notations that people type."""

from vestige.capture._files import FileSource, media_type_of, read_file_source, text_of
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
from vestige.capture._registers import Register, read_register
from vestige.capture._registers_errors import RegisterError, RowRefused
from vestige.capture._registers_merge import (
    Change,
    ImportPlan,
    Known,
    RegisterSite,
    place_keys,
    plan_import,
    strong_identifiers,
)
from vestige.capture._registers_rows import Refusal

__all__ = [
    "Change",
    "FileSource",
    "ImportPlan",
    "Known",
    "Refusal",
    "Register",
    "RegisterError",
    "RegisterSite",
    "RowRefused",
    "content_under",
    "find_quote",
    "media_type_of",
    "nearest",
    "optional_window",
    "place_keys",
    "plan_import",
    "read_disturbance",
    "read_file_source",
    "read_grade",
    "read_register",
    "read_span",
    "read_speaker",
    "read_term",
    "read_window",
    "strong_identifiers",
    "text_of",
]
