"""Writes to audiences and circulars."""
