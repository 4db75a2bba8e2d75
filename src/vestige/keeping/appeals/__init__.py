"""What a keeper does with appeals: draft, check, sign, compose, log what was sent and what came back, follow, record those of others."""

from vestige.keeping.appeals._documents import (
    AppealComposed,
    CheckFailed,
    compose_appeal,
    recompose_appeal,
    rendered,
    settle,
)
from vestige.keeping.appeals._drafting import check_appeal, draft_appeal, draft_update, sign_draft
from vestige.keeping.appeals._find import find_actor, find_appeal
from vestige.keeping.appeals._logging import (
    Listed,
    Replied,
    enter_dispatch,
    enter_recorded,
    enter_reply,
    form_of,
    listed,
)

__all__ = [
    "AppealComposed",
    "CheckFailed",
    "Listed",
    "Replied",
    "check_appeal",
    "compose_appeal",
    "draft_appeal",
    "draft_update",
    "enter_dispatch",
    "enter_recorded",
    "enter_reply",
    "find_actor",
    "find_appeal",
    "form_of",
    "listed",
    "recompose_appeal",
    "rendered",
    "settle",
    "sign_draft",
]
