"""Seats, draw, recusal, replacement."""
