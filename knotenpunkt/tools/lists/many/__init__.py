"""One thing for many records of a list: shown first, done, and taken back as a whole.

A list declares a `Many` (what can be done, and how its records are read) and `Words` (how that is
said); `doing` carries it out, at once or in the queue, `pages` are its three pages.
"""
