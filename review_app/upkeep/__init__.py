"""Keeping an instance in order: its indexes, and a look at everything an administrator should know of."""
