"""Pages: notices to the person."""
