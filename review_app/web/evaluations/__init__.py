"""Pages: the scoring desk."""
