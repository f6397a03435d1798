"""Pages: findings, objections, ballots, result."""
