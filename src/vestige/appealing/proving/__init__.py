"""Proof that travels with an appeal: evidence, the bundle, and checking either without the record."""

from vestige.appealing.proving._bundle import LARGEST, write_bundle
from vestige.appealing.proving._documents import render_documents
from vestige.appealing.proving._evidence import EVIDENCE_NAME, Evidence, gather_evidence, write_evidence
from vestige.appealing.proving._letter import Carried, LetterReport, evidence_within, verify_letter
from vestige.appealing.proving._opened import is_bundle
from vestige.appealing.proving._verify_bundle import verify_bundle

__all__ = [
    "EVIDENCE_NAME",
    "LARGEST",
    "Carried",
    "Evidence",
    "LetterReport",
    "evidence_within",
    "gather_evidence",
    "is_bundle",
    "render_documents",
    "verify_bundle",
    "verify_letter",
    "write_bundle",
    "write_evidence",
]
