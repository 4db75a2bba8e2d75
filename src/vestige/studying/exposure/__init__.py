"""The study of how exposed sites are to events of war."""
