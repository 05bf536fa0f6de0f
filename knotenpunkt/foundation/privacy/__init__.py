"""Personal data of the whole installation: what there is, why, how long, and its end.

A *holding* is one kind of personal data, a *room* the `privacy.py` in which an app names its own,
a *person* somebody whose data are exported or erased. The command `knotenpunkt privacy` uses it.
"""
