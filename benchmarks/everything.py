"""How long the search over everything waits: `python -m benchmarks.everything [ORGANISATIONS]`.

1,100 organisations, 2,500 people and 2,500 offers (or in this proportion), asked through the real
views by a coordinator in one process: while nothing changed, and right after a write. Beside it
what an ordinary page does: a query with `icontains` over each table.
"""

from __future__ import annotations

import sys

from benchmarks.installation import NETWORK, installation, measured
from benchmarks.machine import described

ORGANISATIONS = 1_100
GOAL_MS = 50
INSIDE = "benchmarks.everything_inside"


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ORGANISATIONS
    with installation() as inside:
        told: dict[str, list[float]] = measured(inside, INSIDE, NETWORK, str(count))
    print(f"Search over {count} organisations and what belongs to them ({described()})")
    print("  one process, one person; milliseconds, whole answers with their HTML")
    for name, (p50, p95, worst) in told.items():
        verdict = "" if name.startswith("icontains") or p50 < GOAL_MS else f"  over {GOAL_MS} ms"
        print(f"  {name:34} p50 {p50:6.1f}  p95 {p95:6.1f}  worst {worst:6.1f}{verdict}")


if __name__ == "__main__":
    main()
