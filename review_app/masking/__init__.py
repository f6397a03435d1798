"""Names, numbers and addresses for eyes that may not see them. Pure functions over text; no database."""
