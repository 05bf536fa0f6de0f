"""The register as a table that spreadsheets open and the import of this product takes in again.

Its words: a *row* is one offer with its first place and its first contact, as a list of an office
has it; the id is the offer's own, by which it is known again when the file comes back.
"""
