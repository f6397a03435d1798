"""Pages: precedent search and similar-case report."""
