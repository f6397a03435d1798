"""Statutes by article: every version with its days of validity."""
