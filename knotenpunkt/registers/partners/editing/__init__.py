"""The forms of partners and what they keep: organisations, people, roles with their ways.

Each has three parts: its form, its state as plain values (so that two people at once are told
apart), and `keep_…`, which writes only what the person changed.
"""
