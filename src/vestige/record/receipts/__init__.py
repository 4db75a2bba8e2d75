"""Receipts: one entry with what proves it, and checking that without the record."""
