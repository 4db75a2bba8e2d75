"""Peace and culture: exposure, hazard, recovery."""
