"""The guard against interference (三个规定): the quarterly report on what was put on record."""
