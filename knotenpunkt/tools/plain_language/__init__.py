"""A checker for Leichte Sprache (BITV annex 2 part 2): what is hard to read, and how to say it.

It takes plain German text and returns *findings*: a *rule*, the place, and a better wording. It
knows no domain but its list of words, never decides anything, and would rather stay silent than be
wrong.
"""
