"""A process that counts searches beside others, for tests from outside.

    python -m tests.concurrency.searchers TIMES

Counts the same few texts TIMES, writing again and again, and the rest when it ends.
"""

from __future__ import annotations

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
django.setup()

from knotenpunkt.foundation.networks.models import Network  # noqa: E402
from knotenpunkt.tools.search.counting import count_search, flush  # noqa: E402

TEXTS = ("Hebamme", "Mukibu", "Krabbelgruppe")
BETWEEN_WRITES = 7


def main() -> None:
    """Count in the network "mitte"."""
    network = Network.objects.get(slug="mitte")
    for number in range(int(sys.argv[1])):
        for text in TEXTS:
            count_search(network.pk, text, language="de", found=text != "Mukibu")
        if number % BETWEEN_WRITES == 0:
            flush()


if __name__ == "__main__":
    main()
