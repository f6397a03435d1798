"""The review opinion and every other document's content."""
