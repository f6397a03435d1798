"""The opinion of one review with its people, as in tests/opinions."""

from tests.opinions.conftest import issuing_office, stage

__all__ = ["issuing_office", "stage"]
