"""How long a coordinator waits for a list: `python -m benchmarks.lists [OFFERS]`.

The real server with one worker and 5,000 offers, asked by one person, page by page. Beside it a
bare Django list page over the same table. Rounds alternate, so that other work on the machine
meets all.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from http.client import HTTPConnection

from benchmarks.installation import NETWORK, installation, measured
from benchmarks.machine import described
from benchmarks.measuring import percentiles
from benchmarks.pages import plain_site
from tests.installations import served

OFFERS = 5_000
ROUNDS, REQUESTS, WARMING = 5, 8, 3
GOAL_MS = 100
INSIDE = "benchmarks.lists_inside"
LIST = f"/{NETWORK}/desk/angebote/"
PAGES = {
    "list, all offers": LIST,
    "list, last page, sorted by town": f"{LIST}?sort=ort&seite=99",
    "list, two words": f"{LIST}?q=krabbel+freiberg",
    "list, place, age and costs": f"{LIST}?ort=Freiberg&alter=1-3&kosten=free",
    "list, drafts": f"{LIST}?stand=entwurf",
    "data quality": f"{LIST}qualitaet/",
    "offers behind a finding": f"{LIST}qualitaet/ohne-zeiten/",
}
BARE = "bare Django list page"


def ask(port: int, path: str, cookies: Mapping[str, str]) -> tuple[float, int]:
    """One page: milliseconds and bytes."""
    told = "; ".join(f"{name}={value}" for name, value in cookies.items())
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    begun = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": told} if told else {})
    answer = connection.getresponse()
    length = len(answer.read())
    took = (time.perf_counter() - begun) * 1000
    connection.close()
    if answer.status != 200:
        sys.exit(f"{path} answered {answer.status}.")
    return took, length


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else OFFERS
    took: dict[str, list[float]] = {name: [] for name in (*PAGES, BARE)}
    sizes: dict[str, int] = {}
    with installation() as inside:
        cookies: dict[str, str] = measured(inside, INSIDE, NETWORK, str(count))
        with served(inside, "--workers", "1") as ours, plain_site(inside) as bare:
            for number in range(ROUNDS):
                for name, path in PAGES.items():
                    _round(ours.port, name, path, cookies, took, sizes, warm=number == 0)
                _round(bare, BARE, "/", {}, took, sizes, warm=number == 0)
    print(f"Lists of {count} offers ({described()})")
    print(f"  1 worker, one person, {ROUNDS} rounds of {REQUESTS} requests; milliseconds")
    for name, values in took.items():
        p50, p95, _p99 = percentiles(values)
        verdict = "" if name == BARE or p50 < GOAL_MS else f"  over the promised {GOAL_MS} ms"
        size = sizes[name] / 1000
        print(f"  {name:32} p50 {p50:6.1f}  p95 {p95:6.1f}  {size:6.1f} kB{verdict}")


def _round(
    port: int,
    name: str,
    path: str,
    cookies: Mapping[str, str],
    took: dict[str, list[float]],
    sizes: dict[str, int],
    *,
    warm: bool,
) -> None:
    for _number in range(WARMING if warm else 0):
        ask(port, path, cookies)
    for _number in range(REQUESTS):
        milliseconds, sizes[name] = ask(port, path, cookies)
        took[name].append(milliseconds)


if __name__ == "__main__":
    main()
