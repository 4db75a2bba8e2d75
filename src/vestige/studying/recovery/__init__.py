"""The study of recovery after war."""
