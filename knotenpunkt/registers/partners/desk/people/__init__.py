"""People at the desk: the list, what is done with many, the form, their roles."""
