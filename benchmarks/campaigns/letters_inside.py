"""Make COUNT letters as one file, as a process of an installation:

    python -m benchmarks.campaigns.letters_inside SLUG COUNT

Prints JSON: seconds, processor seconds, peak memory of the typesetter in MB, pages.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from time import perf_counter
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
django.setup()

from benchmarks.campaigns.letter_texts import PARAGRAPHS, SUBJECT, address, link  # noqa: E402
from knotenpunkt.activities.mailings.printing.letters import (  # noqa: E402
    LetterText,
    letters_pdf,
)
from knotenpunkt.foundation.networks.actions import create_network  # noqa: E402
from knotenpunkt.foundation.networks.installation import prepare_database  # noqa: E402
from knotenpunkt.foundation.networks.scope import in_network  # noqa: E402
from knotenpunkt.tools.mail.source import blocks  # noqa: E402
from tests.papers import pages_of  # noqa: E402


def letter(number: int) -> LetterText:
    """One of them."""
    return LetterText(
        key=number,
        address_lines=address(number),
        return_line="Landratsamt Mitte · Obermarkt 24 · 09599 Freiberg",
        subject=SUBJECT,
        blocks=blocks("\n\n".join(PARAGRAPHS)),
        date=date(2027, 4, 12),
        qr_url=link(number),
    )


def main(slug: str, count: int) -> dict[str, Any]:
    """Make them, once."""
    prepare_database()
    network = create_network(slug=slug, name="Netzwerk Mitte", area_keys=["14522"])
    letters = [letter(number) for number in range(count)]
    with in_network(network):
        busy, begun = _busy(), perf_counter()
        made = letters_pdf(letters)
        seconds, busy = perf_counter() - begun, _busy() - busy
    if made.count != count or made.missing:
        sys.exit(f"Letters are missing: {made.missing[:3]}")
    memory = getrusage(RUSAGE_CHILDREN).ru_maxrss // 1024
    pages = pages_of(made.content)
    return {"seconds": seconds, "busy": busy, "memory": memory, "pages": pages}


def _busy() -> float:
    """Processor seconds of this process and of those that it waited for."""
    used = [getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
