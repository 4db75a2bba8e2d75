"""Registers of sites: recognised, read, merged."""
