"""Matching: exact panels for one case or a whole backlog. Pure: no database, no clock, no global random state."""
