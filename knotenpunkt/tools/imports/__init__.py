"""Brings tables from the outside in: reads files, recognises columns, cleans values, reports rows.

Its words are reading, table, mapping, profile, remark, run and link; it knows no domain.
Registers use it for their own imports and keep in it what was last imported.
"""
