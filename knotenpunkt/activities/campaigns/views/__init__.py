"""Public pages of campaigns, one file per subject."""
