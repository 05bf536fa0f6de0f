"""Reads of audiences and circulars."""
