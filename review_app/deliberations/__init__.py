"""Findings, ballots, dissent, grade, outcome."""
