"""Tests of the pages of the expert pool."""
