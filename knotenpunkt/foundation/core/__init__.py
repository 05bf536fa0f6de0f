"""Ground that every room stands on and that asks for neither network nor account.

Its words: folding (how German text is compared), logs (what is never written to one), personal
data (how an app says what it holds, and how a person is recognised). Used by every storey above.
"""
