"""Importing a list in the browser: file, columns, dry run, import, and taking it back.

Its words are upload, assignment, check, correction and undo. Coordinators and editors use it; the
rows themselves are read and written by `imports`, which the console uses, too.
"""
