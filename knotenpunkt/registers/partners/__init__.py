"""Organisations of a network and how they are reached.

A *body* (Träger) is the legal person, a *facility* (Einrichtung) the house it runs; both are
organisations, one above the other. A *contact* is a person or an office with mail and phones.
Offers name their provider here; later rooms add people in roles, agreements and involvement.
"""
