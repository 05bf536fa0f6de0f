"""All campaigns, and how one of them stands."""
