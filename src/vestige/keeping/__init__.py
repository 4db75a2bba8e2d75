"""What a keeper does, apart from any face: find, add, state, assess, read, review, observe, study.

Each folder has a face of its own, so that a command loads only what it needs. Nothing here prints, asks, or knows of options: what happened is given
back, and long work tells a function how far it is.
"""
