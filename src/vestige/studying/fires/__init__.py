"""The study of fires near sites."""
