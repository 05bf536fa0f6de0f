"""Partners at the desk: lists of organisations and people, their forms, and what sorts them.

The page that shows all about one partner mixes many apps and stands in `front/desk`.
"""
