"""An audit of a call's crowd: what the auditor does in a folder of its own, and the sealed openings that the keeper hands over for it."""

from vestige.keeping.acts.audits._answers import Answers, finish_audit
from vestige.keeping.acts.audits._ask import whom_to_ask
from vestige.keeping.acts.audits._auditor import AuditorKeys, auditor_keys, commit_to_sample, make_auditor
from vestige.keeping.acts.audits._hand_over import HandedOver, hand_over
from vestige.keeping.acts.audits._sample import Sample, draw_sample, read_sample

__all__ = [
    "Answers",
    "AuditorKeys",
    "HandedOver",
    "Sample",
    "auditor_keys",
    "commit_to_sample",
    "draw_sample",
    "finish_audit",
    "hand_over",
    "make_auditor",
    "read_sample",
    "whom_to_ask",
]
