""" "Stimmt das noch?": entries that stay true.

An *inquiry* asks the responsible contact of an organisation whether all its entries are still
true; a *confirmation* says so, a *proposal* is a change that waits. Who stays silent stands on the
telephone list of the coordinators.
"""
