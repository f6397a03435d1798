"""Pages of the audit log, and the auditor's reading of class L3 after closing."""
