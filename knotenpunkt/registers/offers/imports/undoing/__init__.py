"""Taking a whole import back: what would go, what gets its former values, what stays.

`plan` looks, `actions` write, `undo` goes through a run batch by batch. What somebody changed by
hand since is left alone, field by field.
"""
