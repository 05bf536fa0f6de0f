"""Groups of a network: working groups, steering groups, boards, with their members and functions.

A *group* has *members*: organisations, each spoken for by one of their contacts, with a *function*
such as the lead. Campaigns name groups as hosts, audiences write to them.
"""
