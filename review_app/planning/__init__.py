"""Plans: panels for a backlog of reviews, worked out together, compared, committed at once."""
