"""Brings a list of offers into the register: recognise columns, clean, draft, match, write.

Its words are row draft (one cleaned row), body, facility, childcare row and stable key.
Used by the command line and, later, by the desk, through `importer.import_offers`.
"""
