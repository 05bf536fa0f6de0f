"""Forms of campaigns, one file per subject."""
