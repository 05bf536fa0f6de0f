"""Measurements of campaigns."""
