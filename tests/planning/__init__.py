"""Planning of panels."""
