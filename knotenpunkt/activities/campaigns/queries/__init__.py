"""Reads of campaigns, one file per subject."""
