"""Verification of a record on disk."""
