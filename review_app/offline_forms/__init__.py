"""The evaluation form on paper-like files: a Word form with content controls, and tables for the office."""
