"""Verification of a published site, apart from what makes one."""
