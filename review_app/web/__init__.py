"""All of Flask: pages, forms, security."""
