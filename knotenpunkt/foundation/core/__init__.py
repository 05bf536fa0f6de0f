"""Ground that every room stands on and that knows neither network nor person.

Its words: folding (how German text is compared) and logs (what is never written to one).
Used by every storey above.
"""
