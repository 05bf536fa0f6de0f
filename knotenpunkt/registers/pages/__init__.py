"""The pages that the law and an emergency ask for, in the words of each network.

Its words: help number (helps at once, stands on every page), legal page (imprint, privacy,
accessibility and the like, one row per language), signed (a person stands behind the text).
Used by every public page for its footer and its band of numbers.
"""
