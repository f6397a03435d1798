"""Kinds of notice and the queue of notices to people."""
