"""Contact lists on their way into the register of partners.

A row becomes a draft (an organisation, its people, how they are reached), and a draft is written
by the same actions that pages use. What a person's row said is kept sealed with that person's key.
"""
