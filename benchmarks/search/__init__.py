"""How well and how fast the search finds, measured with the product's own code.

`corpus.jsonl` holds the offers of an invented county in the words of offices; `queries.jsonl` holds
what people there would type, each with the offers that fit. The queries were written from life
situations before the lexicon was, but by the same hand: elsewhere expect less, above all in other
languages. What may be looked at while tuning and what is only counted tells `sets.py`.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
django.setup()
