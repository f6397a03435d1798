"""Pages: the opinion, signatures, release."""
