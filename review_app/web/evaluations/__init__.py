"""Pages of the evaluation form: the scoring desk, signing, and reading the signed forms."""
