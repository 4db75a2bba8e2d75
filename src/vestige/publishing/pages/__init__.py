"""Templates, their environment, and pages rendered with them."""
