"""Campaigns at the desk, one folder per subject."""
