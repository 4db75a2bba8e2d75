"""The kinds of entry by which somebody acts on what the record holds: one frozen type a kind, a file each."""

from vestige.entries.kinds import Body

ALL: tuple[type[Body], ...] = ()
"""Every kind of this folder. A new one is a file and a line here."""
