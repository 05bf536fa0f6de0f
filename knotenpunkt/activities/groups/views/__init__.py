"""Groups at the desk: the groups themselves, and their members."""
