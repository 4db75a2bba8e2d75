"""What an entry must keep to count: one rule, in one place, for whoever writes, verifies or indexes a record.

An entry that breaks one is *void*: every reader skips it alike and reports it (``docs/format.md``, "Void entries"). Pure; what a rule must know of
earlier entries it asks of a `History`.
"""
