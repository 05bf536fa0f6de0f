"""What was changed, by whom, when, with old and new.

An *entry* records one deed on one record; it is written by the action that does the deed, in the
same transaction, and never changed afterwards. Coordinators read it; every action writes it.
"""
