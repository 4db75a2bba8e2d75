"""The procedures of those who can be appealed to: their forms as data, the clocks that run, and what became of an appeal.

Below what writes appeals (`vestige.appealing`) and what publishes them (`vestige.publishing`): both ask here.
"""

from vestige.procedures._deadline import Deadline

__all__ = ["Deadline"]
