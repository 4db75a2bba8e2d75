"""How a deadline came about, in a reader's language: the rule, how long, from when, and to which day it was moved."""

from vestige.procedures._deadline import Deadline
from vestige.publishing.words._language import Language


def told_rule(deadline: Deadline, words: Language) -> str:
    """Tell a deadline's rule; what the rule says stays in the form's English where this software has no words for it, as of another edition."""
    says = words.term(deadline.says, "clock") if deadline.says else deadline.rule
    counted = f"{_length(deadline, words)} {words.term(deadline.after, 'since')}".strip()
    start = words.date(deadline.start) if deadline.start else words.text("that day is not known yet")
    parts = [says, f"{counted} ({start})"] if deadline.after else [says]
    if deadline.extended:
        parts.append(words.plain("extended to {day}", day=words.date(deadline.extended)))
    return words.text("; ").join(parts)


def _length(deadline: Deadline, words: Language) -> str:
    if deadline.length is None:
        return words.text("the rule gives no length of time") + words.text(", ").rstrip()
    length = _counted(deadline.length, deadline.unit, words)
    if deadline.unit == "working-days":
        length = words.plain("{length}, Monday to Friday only,", length=length)
    return words.plain("about {length}", length=length) if deadline.about else length


def _counted(number: int, unit: str, words: Language) -> str:
    if unit == "months":
        return words.count("{n} month", "{n} months", number)
    if unit == "years":
        return words.count("{n} year", "{n} years", number)
    return words.count("{n} day", "{n} days", number)
