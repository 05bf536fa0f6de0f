"""Writes of campaigns, one file per subject."""
