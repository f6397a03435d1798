"""Pages of the panel's discussions and the agenda of the deliberation."""
