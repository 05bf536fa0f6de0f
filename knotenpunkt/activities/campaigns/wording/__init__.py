"""How campaigns are put into words, one file per subject."""
