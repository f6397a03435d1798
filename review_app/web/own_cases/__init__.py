"""Pages on which concluded reviews are de-identified, checked and let into the library."""
