"""Mails of campaigns, one file per subject."""
