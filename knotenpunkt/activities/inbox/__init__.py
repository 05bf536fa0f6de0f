"""Requests of families and hints of readers, from the public form to the answer.

A *concern* is either a *call request*, which asks to be called back, or a *hint*, which says that
something on a page is wrong; the *response clock* counts until somebody has answered. Families
write them without an account; coordinators and editors answer them at the desk.
"""
