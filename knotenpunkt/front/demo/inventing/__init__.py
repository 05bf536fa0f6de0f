"""Invents the register of a whole county: partners, their people, and three years of their lives.

The same seed gives the same county. Names are put together from `data/words`; what is unique, such
as a person's way from one house to another, is drawn for each of them anew.
"""
