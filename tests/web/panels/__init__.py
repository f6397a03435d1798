"""Tests of the pages of panels."""
