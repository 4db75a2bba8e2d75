"""What can be said: one frozen type a kind.

A body says only what its author puts into it; who signed it, when, and what it rests on stand in the envelope. Field names are
those of the published JSON. Each type is strict: a wrong or unknown field is an error that names it.
"""

from vestige.entries._actors import Actor
from vestige.entries._assessments import Assessment, Assessor, Disturbance, Effect, OriginalGrade
from vestige.entries._observations import BandChange, ByteRange, Observation, Scene
from vestige.entries._policy import Key, Policy, Withdrawal
from vestige.entries._sites import Site
from vestige.entries._sources import Place, Source, Span, Speaker, Statement
from vestige.entries._studies import Study, StudyFile

Body = Site | Actor | Source | Statement | Observation | Assessment | Withdrawal | Policy | Study

__all__ = [
    "Actor",
    "Assessment",
    "Assessor",
    "BandChange",
    "Body",
    "ByteRange",
    "Disturbance",
    "Effect",
    "Key",
    "Observation",
    "OriginalGrade",
    "Place",
    "Policy",
    "Scene",
    "Site",
    "Source",
    "Span",
    "Speaker",
    "Statement",
    "Study",
    "StudyFile",
    "Withdrawal",
]
