"""Agreements of the network, and whether it is complete by law.

An *agreement* has parties, a kind, dates and files. *Completeness* asks for each kind of § 3 (2)
KKG and each region who is in and who signed. Coordinators keep it and show it to their committees.
"""
