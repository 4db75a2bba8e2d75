"""The kinds of entry that record what was found out and decided: one frozen type a kind, a file each.

A body says only what its author puts into it; who signed it, when, and what it rests on stand in the envelope. Field names are
those of the published JSON. Each type is strict: a wrong or unknown field is an error that names it.
"""

from vestige.entries.kinds._actor import Actor
from vestige.entries.kinds._assessment import Assessment, Assessor, Disturbance, Effect, OriginalGrade
from vestige.entries.kinds._body import Body, exposed_by, files_of, links_of, shortened, words_of
from vestige.entries.kinds._key import BLANK_KEYS, ROLES, Key, Witness
from vestige.entries.kinds._observation import BandChange, ByteRange, Observation, Scene
from vestige.entries.kinds._opening import Opening
from vestige.entries.kinds._policy import Policy
from vestige.entries.kinds._site import Designation, Site
from vestige.entries.kinds._source import Source
from vestige.entries.kinds._statement import Figure, Place, Span, Speaker, Statement
from vestige.entries.kinds._study import Study, StudyFile
from vestige.entries.kinds._translated import require_translations, said_in
from vestige.entries.kinds._withdrawal import Withdrawal

ALL: tuple[type[Body], ...] = (
    Site,
    Actor,
    Source,
    Statement,
    Observation,
    Assessment,
    Withdrawal,
    Policy,
    Study,
    Opening,
)
"""Every kind of this folder. A new one is a file and a line here."""

__all__ = [
    "ALL",
    "BLANK_KEYS",
    "ROLES",
    "Actor",
    "Assessment",
    "Assessor",
    "BandChange",
    "Body",
    "ByteRange",
    "Designation",
    "Disturbance",
    "Effect",
    "Figure",
    "Key",
    "Observation",
    "Opening",
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
    "Witness",
    "exposed_by",
    "files_of",
    "links_of",
    "require_translations",
    "said_in",
    "shortened",
    "words_of",
]
