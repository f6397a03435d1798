"""The demonstration: made-up people and cases, built through the services users call."""
