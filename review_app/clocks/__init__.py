"""Calendars and the computation of limits."""
