"""Pages of form templates."""
