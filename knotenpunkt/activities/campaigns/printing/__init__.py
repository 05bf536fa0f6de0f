"""Papers of campaigns: posters, pick lists, packing slips and the report; values in, bytes out.

All are German, tagged as PDF/UA-1 asks for, and in the design of the network at hand, so they are
made inside a network. A sign that no font has becomes □: no paper waits for somebody's odd name.
"""
