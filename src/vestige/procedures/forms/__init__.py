"""Forms: one TOML file an addressee, and the types and the loader that hold each to its marks and sources."""

from vestige.procedures.forms._form import Channel, Clock, Enclosed, Field, Form, Photographs, Requirement
from vestige.procedures.forms._load import STALE_DAYS, form, form_bytes, form_ids, is_stale, read_form

__all__ = [
    "STALE_DAYS",
    "Channel",
    "Clock",
    "Enclosed",
    "Field",
    "Form",
    "Photographs",
    "Requirement",
    "form",
    "form_bytes",
    "form_ids",
    "is_stale",
    "read_form",
]
