"""Pages: the archive package of a closed review."""
