"""How long one circular for 1,100 contacts takes until all its mails wait in the queue.

    python -m benchmarks.campaigns.mailing [CONTACTS]
    python -m scripts.postgresql .venv/bin/python -m benchmarks.campaigns.mailing

Composed, previewed and queued, each mail with its own text and its own personal link, sealed. The
median of some rounds, each in an installation of its own.
"""

from __future__ import annotations

import os
import sys
from statistics import median
from typing import Any

from benchmarks.installation import NETWORK, installation, measured
from benchmarks.machine import described

CONTACTS, ROUNDS = 1_100, 3
PROMISE = 5.0
INSIDE = "benchmarks.campaigns.mailing_inside"


def rounds(contacts: int) -> list[dict[str, Any]]:
    """What each round measured."""
    found = []
    for _number in range(ROUNDS):
        with installation() as inside:
            found.append(measured(inside, INSIDE, NETWORK, str(contacts)))
    return found


def main() -> None:
    """Print the table."""
    contacts = int(sys.argv[1]) if len(sys.argv) > 1 else CONTACTS
    found = rounds(contacts)
    database = "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
    print(f"One circular for {contacts} contacts on {database} ({described()})")
    for name in found[0]["steps"]:
        print(f"  {name:8} {median(one['steps'][name] for one in found):6.2f} s")
    whole = median(sum(one["steps"].values()) for one in found)
    verdict = "" if whole < PROMISE else f"  over the promised {PROMISE:.0f} s"
    print(f"  together {whole:6.2f} s, {found[0]['waiting']} mails wait{verdict}")


if __name__ == "__main__":
    main()
