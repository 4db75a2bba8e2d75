"""Who was reached, without trackers: server logs counted in memory by the COUNTER rules, and sources that take the record up.

Nothing of an address or of a browser's name leaves this room: it gives numbers, and writes nothing.
"""

from vestige.reach._count import Counter, Site
from vestige.reach._geography import open_geography
from vestige.reach._logs import FORMATS, Hit, LogError, read_hits
from vestige.reach._mentions import Marks, Mention, mention_in
from vestige.reach._report import reach_of
from vestige.reach._robots import lists_used, machine_of

__all__ = [
    "FORMATS",
    "Counter",
    "Hit",
    "LogError",
    "Marks",
    "Mention",
    "Site",
    "lists_used",
    "machine_of",
    "mention_in",
    "open_geography",
    "reach_of",
    "read_hits",
]
