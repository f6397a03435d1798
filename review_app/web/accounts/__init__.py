"""Pages: sign-in, password, people and roles."""
