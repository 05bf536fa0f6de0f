"""Duplicates of organisations and people: found, looked at side by side, merged, taken apart again.

`candidates.py` compares plain values and knows no tables; a person decides about each pair.
"""
