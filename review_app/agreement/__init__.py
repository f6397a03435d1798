"""How far raters agree, within a case and across cases, and how strict they are."""
