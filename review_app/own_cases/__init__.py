"""Concluded reviews on their way into the library: de-identified, checked by a second person, published, withdrawn."""
