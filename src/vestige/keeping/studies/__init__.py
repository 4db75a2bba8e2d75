"""Studies in a record; loading it loads what studying needs."""

from vestige.keeping.studies._enter import Entered, enter_study

__all__ = ["Entered", "enter_study"]
