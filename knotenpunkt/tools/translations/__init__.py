"""Texts on their way to translators and back: XLIFF and XLSX files, and services that translate.

It knows no domain: a *unit* is one source text with its translation, under a key of its owner's.
"""
