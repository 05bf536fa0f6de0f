"""Decisions about writing to many."""
