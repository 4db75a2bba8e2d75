"""Who it is that speaks: names, titles, designations."""
