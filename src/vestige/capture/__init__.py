"""Sources come in: files, web pages, media."""

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
    "ImportPlan",
    "Known",
    "Refusal",
    "Register",
    "RegisterError",
    "RegisterSite",
    "RowRefused",
    "place_keys",
    "plan_import",
    "read_register",
    "strong_identifiers",
]
