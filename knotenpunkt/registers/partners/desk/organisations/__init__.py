"""Organisations at the desk: the list, what is done with many, the form, what hangs on one."""
