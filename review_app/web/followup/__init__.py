"""Pages: rectification and resolution."""
