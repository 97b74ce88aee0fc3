"""From ratings to scores, and from a score back to how it came about."""
