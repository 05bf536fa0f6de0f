"""One row, cleaned: what it says about body, facility, place, contact and offer.

All values are plain JSON values, because they are compared with what was last imported.
`rows` is where it begins; the other rooms each clean one part.
"""
