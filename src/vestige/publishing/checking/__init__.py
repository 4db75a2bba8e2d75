"""Verification of a published site, apart from what makes one."""

from vestige.publishing.checking._builds import lines, own_scripts

__all__ = ["lines", "own_scripts"]
