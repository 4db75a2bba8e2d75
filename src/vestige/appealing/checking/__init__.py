"""Checks of a draft, each naming field, entry and what to do."""

from vestige.appealing.checking._check import SIGNED, check, signed_by
from vestige.appealing.checking._complaint import Complaint

__all__ = ["SIGNED", "Complaint", "check", "signed_by"]
