"""Contact notes: what was said on the telephone, kept in fifteen seconds.

A *note* says who, what and when to be reminded; a *reminder* is a note whose day has come.
Everyone who works at the desk writes them; nobody else ever sees one.
"""
