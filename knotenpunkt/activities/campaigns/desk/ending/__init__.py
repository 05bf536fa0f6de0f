"""The end of a campaign: ending it, thanks, report, lessons."""
