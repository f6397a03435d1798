"""The expert pool: people, relations, employments, engagements."""
