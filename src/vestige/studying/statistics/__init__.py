"""Estimates and tests that several studies use."""
