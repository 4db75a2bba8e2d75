"""Places in any notation: degrees, grids, projections, outlines."""
