"""Form templates, answers, deductions, quotations, scores."""
