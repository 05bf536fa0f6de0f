"""Writes of texts in other languages."""
