"""The rules by which English says who said what."""
