"""Pages: draw, statements, recusal."""
