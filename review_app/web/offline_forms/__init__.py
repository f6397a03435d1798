"""Pages of offline forms."""
