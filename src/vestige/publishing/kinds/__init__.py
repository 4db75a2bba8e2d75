"""How each kind of entry is shown: its rows in data files, its time line, its facts."""
