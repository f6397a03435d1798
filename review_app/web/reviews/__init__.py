"""Pages: work list, registration, list and overview of reviews."""
