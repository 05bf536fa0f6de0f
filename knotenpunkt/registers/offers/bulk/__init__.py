"""One deed on many offers at once, and taking it back.

Its words: a *deed* is done to every picked offer that it can be done to; what it did to each is a
*step*. Few offers are done at once, many beside the pages.
"""
