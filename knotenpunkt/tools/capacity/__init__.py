"""Scarce things: seats, packs. Locked, claimed, given back, and shared fairly; knows no domain.

A *pool* holds how much there is of one thing and how much is taken. Whoever wants some *claims*
it: of any number at the same moment no more is given than there is.
"""
