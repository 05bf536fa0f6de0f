"""Writes that begin with the form, the history or the pictures of an offer."""
