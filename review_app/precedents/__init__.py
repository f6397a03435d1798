"""Library of cases, similar-case reports, what a person may find."""
