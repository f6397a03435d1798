"""Pages of interference."""
