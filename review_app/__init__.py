"""Yi'an 一案: expert review of law-related petition cases."""
