"""Copies of one text, and texts that tell the same story."""
