"""Texts of offers in other languages: from missing to checked, and outdated by a new original.

A *text* is an offer in one language, a *part* one of its fields. Translators and a service deliver
them, people check them, families read them beside the German original.
"""
