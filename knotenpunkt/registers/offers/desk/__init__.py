"""Offers at the desk: the list, what is done with many at once, export, quality, and editing one.

Its words: *at the desk* are the offers that somebody may keep or look after; members of the
register see all of a network, providers those of the organisations they represent.
"""
