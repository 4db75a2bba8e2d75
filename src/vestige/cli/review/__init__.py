"""``vestige review``: candidate statements decided on at the keyboard."""
