"""Searches a person keeps, and alerts about what is new to them."""
