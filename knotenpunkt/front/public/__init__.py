"""The first pages a family meets: the start page of a network, and the list of networks.

Its words: start page (search, life situations, next dates, contact person) and layout (what stands
around every page). It mixes registers, holds no tables and no rules.
"""
