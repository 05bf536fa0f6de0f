"""Decisions of campaigns, one file per subject."""
