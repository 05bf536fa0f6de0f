"""How long a county's list takes to arrive: `python -m benchmarks.imports [ROWS]`.

5,000 rows of realistic German through the function behind `knotenpunkt offers import`: read,
cleaned, written with audit, encoded, findable. Beside it the least that anybody could do: the same
rows by `csv.DictReader` and `bulk_create` into one table of text columns.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.installation import installation, measured
from benchmarks.machine import described
from benchmarks.measuring import Spread
from benchmarks.offers_list import rows, write_csv, write_xlsx

ROWS = 5_000
RUNS = 3
GOAL_SECONDS = 60
INSIDE = "benchmarks.imports_inside"


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory(prefix="knotenpunkt-benchmark-") as folder:
        csv_file, xlsx_file = Path(folder) / "angebote.csv", Path(folder) / "angebote.xlsx"
        told = rows(count)
        write_csv(csv_file, told)
        write_xlsx(xlsx_file, told)
        runs = [_run(csv_file) for _number in range(RUNS)]
        book = _run(xlsx_file)
    print(f"Import of {count} rows ({described()})")
    _print("CSV, first time", runs, "first")
    _print("  of that the encoder", runs, "encoding")
    _print("CSV, the same file again", runs, "again")
    _print("XLSX, first time (one run)", [book], "first")
    _print("XLSX, the same file again", [book], "again")
    _print("plain rows into one table", runs, "plain")
    ratio = Spread.of([one["first"] / one["plain"] for one in runs])
    print(f"  the import takes {ratio.told('times the plain rows', 0)}")
    print(f"  {runs[0]['counts']}")
    if count == ROWS:
        within = Spread.of([one["first"] for one in runs]).median < GOAL_SECONDS
        print(f"  {'within' if within else 'over'} the promised {GOAL_SECONDS} s")


def _run(file: Path) -> dict[str, Any]:
    with installation() as new:
        found: dict[str, Any] = measured(new, INSIDE, str(file))
        return found


def _print(name: str, runs: list[dict[str, Any]], key: str) -> None:
    print(f"  {name:28} {Spread.of([one[key] for one in runs]).told('s', 2)}")


if __name__ == "__main__":
    main()
