"""Versioned rule files read into frozen objects."""

from review_app.rulebook.rules import CURRENT, Rules, load, versions

__all__ = ["CURRENT", "Rules", "load", "versions"]
