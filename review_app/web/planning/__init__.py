"""Pages of the planning of panels."""
