"""Pages: the expert pool."""
