"""Finds things by what they mean and by their words, near a place, knowing no domain.

Its words: entry (what can be found, written by the app that owns the thing), index (the entries of
one network in memory), meaning and words (the two signals of the ranking), lexicon (what people
say ↔ what offices write).
Registers write entries through `actions`; pages and commands ask through `queries`.
"""
