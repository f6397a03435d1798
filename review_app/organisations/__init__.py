"""Courts, procuratorates, police, towns, departments, firms: one tree."""
