"""The fields of an offer's sheet: what is asked, how it explains itself, how it is read."""
