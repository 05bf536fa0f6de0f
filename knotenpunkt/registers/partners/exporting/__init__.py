"""Saving partners as a file: one row for each organisation, or for each role of a person.

The names of the columns are those that the import recognises, so they are German in every language.
"""
