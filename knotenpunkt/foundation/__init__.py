"""Who may do what, for whom, on record."""
