"""Observations in a record: entered with their evidence, and done again from it. Loading it loads numpy; scenes come when they are used."""

from vestige.keeping.observations._again import recheck_observation
from vestige.keeping.observations._answer import Answer, Asked, Picture
from vestige.keeping.observations._differences import Rechecked
from vestige.keeping.observations._enter import enter_observations, matched, sites_of
from vestige.keeping.observations._question import Question, intervals_of
from vestige.keeping.observations._series import enter_series

__all__ = [
    "Answer",
    "Asked",
    "Picture",
    "Question",
    "Rechecked",
    "enter_observations",
    "enter_series",
    "intervals_of",
    "matched",
    "recheck_observation",
    "sites_of",
]
