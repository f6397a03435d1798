"""The case under review: legal case, parties, file volumes, states."""
