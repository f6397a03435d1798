"""Petition matters, their petitioner and numbered requests."""
