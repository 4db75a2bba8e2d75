"""Append-only signed log: tiles, checkpoints, proofs, verification. Knows bytes, not kinds."""
