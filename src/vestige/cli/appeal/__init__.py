"""``vestige appeal``: letters that carry their own proof."""
