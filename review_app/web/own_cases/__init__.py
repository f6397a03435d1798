"""Pages: concluded reviews of this office on their way into the library: de-identified by one person, checked by another."""
