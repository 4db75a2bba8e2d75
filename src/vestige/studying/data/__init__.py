"""Tables that studies read: countries, events, editions of the list."""
