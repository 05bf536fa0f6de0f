"""Where things are and when schools are closed: the ground that distances and dates stand on.

Its words: postal code, place (a public location), area key (AGS, always text), outline (the
border of a county or municipality for the map), school holidays.
Used by partners and offers for their addresses, by the finder for "near me", and by every map.
"""
