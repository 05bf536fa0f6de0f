"""Writing offers at the desk: the form, its preview, what was changed and how it is taken back.

A *sheet* is the whole form of one offer, a *draft* what it says, a *state* the same as plain
values that can be compared; a *reset* brings a field back to what it said before. Coordinators,
editors and providers use it; the pages stand in `desk`.
"""
