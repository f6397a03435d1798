"""Evaluation form templates (评查表模板): immutable versions, what an edit changes, and which reviews it would touch."""
