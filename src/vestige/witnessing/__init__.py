"""Witnesses of a log, both sides (C2SP tlog-witness): one that cosigns what it has seen grow, and a log that asks for it.

A witness keeps the last checkpoint of each log that it knows and signs a later one only when a proof shows that the log has grown and nothing else.
"""

from vestige.witnessing._asking import Answer, Cosigned, ask_witness, cosign_record
from vestige.witnessing._errors import WitnessError
from vestige.witnessing._request import LARGEST_REQUEST, Request, parse_request
from vestige.witnessing._server import WitnessServer
from vestige.witnessing._settings import Settings, open_settings
from vestige.witnessing._witness import Reply, Witness

__all__ = [
    "LARGEST_REQUEST",
    "Answer",
    "Cosigned",
    "Reply",
    "Request",
    "Settings",
    "Witness",
    "WitnessError",
    "WitnessServer",
    "ask_witness",
    "cosign_record",
    "open_settings",
    "parse_request",
]
